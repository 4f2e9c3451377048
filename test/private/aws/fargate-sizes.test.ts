import { FARGATE_SIZES, fargateSizeOf, isFargateSize, readableMemory, smallestFargateSize } from '../../../src/private/aws/fargate-sizes';

// Least and most memory of each number of CPU units, as the ECS documentation lists them.
test.each([
  [256, 512, 2048, 3], [512, 1024, 4096, 4], [1024, 2048, 8192, 7], [2048, 4096, 16384, 13], [4096, 8192, 30720, 23],
  [8192, 16384, 61440, 12], [16384, 32768, 122880, 12],
])(
  '%d CPU units come with %d to %d MiB', (cpu, least, most, count) => {
    const { memoryMiB } = fargateSizeOf(cpu)!;
    expect([memoryMiB[0], memoryMiB.at(-1), memoryMiB.length]).toEqual([least, most, count]);
  });

test('there are seven numbers of CPU units', () => {
  expect(FARGATE_SIZES.map(({ cpu }) => cpu)).toEqual([256, 512, 1024, 2048, 4096, 8192, 16384]);
});

test.each([[256, 1536], [256, 4096], [512, 512], [1024, 8193], [300, 1024], [8192, 17408], [0, 0]])('%d CPU units with %d MiB are not offered', (cpu, memory) => {
  expect(isFargateSize(cpu, memory)).toBe(false);
});

test.each([[256, 512], [1024, 3072], [8192, 20480], [16384, 122880]])('%d CPU units with %d MiB are', (cpu, memory) => {
  expect(isFargateSize(cpu, memory)).toBe(true);
});

test.each([[512, 256], [2048, 256], [3072, 512], [5120, 1024], [122880, 16384], [600, undefined]])('%d MiB come with %p CPU units at least', (memory, cpu) => {
  expect(smallestFargateSize(memory)?.cpu).toBe(cpu);
});

test('few sizes are listed, many are told by their steps', () => {
  expect([256, 512, 1024].map((cpu) => readableMemory(fargateSizeOf(cpu)!))).toEqual(['512, 1024, 2048', '1024, 2048, 3072, 4096', '2048 to 8192 in steps of 1024']);
});

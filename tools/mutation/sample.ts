import { createHash } from 'crypto';

/** `size` of the items in a random order that the seed decides alone. */
export function sampleOf<T>(items: readonly T[], size: number, seed: number): T[] {
  const random = randomFrom(seed);
  const rest = [...items];
  for (let last = rest.length - 1; last > 0; last--) {
    const chosen = Math.floor(random() * (last + 1));
    [rest[last], rest[chosen]] = [rest[chosen], rest[last]];
  }
  return rest.slice(0, size);
}

/** Numbers from 0 up to 1, each from a hash of the seed and its place. */
function randomFrom(seed: number): () => number {
  let place = 0;
  return () => createHash('sha256').update(`${seed}/${place++}`).digest().readUInt32BE(0) / 2 ** 32;
}

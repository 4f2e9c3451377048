import { oncePer } from '../../src/template/once-per';

test('a fact is read once of each thing it is about', () => {
  const read = jest.fn(({ name }: { name: string }) => name.length);
  const lengthOf = oncePer(read);
  const [one, other] = [{ name: 'Shop' }, { name: 'Database' }];

  expect([lengthOf(one), lengthOf(other), lengthOf(one)]).toEqual([4, 8, 4]);
  expect(read).toHaveBeenCalledTimes(2);
});

test('a fact that is undefined is not read again either', () => {
  const read = jest.fn((_about: object) => undefined);
  const factOf = oncePer(read);
  const about = {};

  expect([factOf(about), factOf(about)]).toEqual([undefined, undefined]);
  expect(read).toHaveBeenCalledTimes(1);
});

test('what could not be read is tried again', () => {
  const factOf = oncePer((_about: object): number => { throw new Error('no such thing'); });
  const about = {};

  expect(() => factOf(about)).toThrow('no such thing');
  expect(() => factOf(about)).toThrow('no such thing');
});

import { needing } from './needing';

needing('node').test('runs', () => expect(1).toBe(1));
needing('node', 'no-such-program').test('needs one that is missing', () => expect(1).toBe(2));
needing('no-such-program', 'nor-this').test.each([1, 2])('needs two that are missing, %s', () => expect(1).toBe(2));
needing('nor-this').describe('a whole part', () => {
  beforeAll(() => { throw new Error('this must not run'); });
  test('that needs it', () => expect(1).toBe(2));
});

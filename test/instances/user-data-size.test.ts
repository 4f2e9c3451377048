import { Lazy, Tokenization } from 'aws-cdk-lib';
import { findUserDataProblem } from '../../src/instances/user-data-size';

const LIMIT = 16384;
const token = () => Lazy.string({ produce: () => 'known later' });

describe('the size of the first script of an instance', () => {
  afterEach(() => jest.restoreAllMocks());

  test('may be all that EC2 takes', () => {
    expect(findUserDataProblem('x'.repeat(LIMIT), 'it')).toBeUndefined();
  });

  test('may not be a byte more', () => {
    expect(findUserDataProblem('x'.repeat(LIMIT + 1), 'it')?.got).toBe('the user data of an instance has about 16385 bytes');
  });

  test('counts a token by what it usually becomes, however short it is written', () => {
    const script = Array.from({ length: LIMIT / 80 }, token).join('');
    expect(findUserDataProblem(`${script}${'x'.repeat(80)}`, 'it')?.got).toBe(`the user data of an instance has about ${Math.floor(LIMIT / 80) * 80 + 80} bytes`);
  });

  test('counts bytes, not characters', () => {
    expect(findUserDataProblem('€'.repeat(LIMIT / 2), 'it')?.got).toBe('the user data of an instance has about 24576 bytes');
  });

  test('is not taken apart where no token could make the script too long', () => {
    const read = jest.spyOn(Tokenization, 'reverseString');
    findUserDataProblem(`#!/bin/bash\n${token()}\n${'x'.repeat(2000)}`, 'it');
    expect(read).not.toHaveBeenCalled();
  });

  test('is taken apart where tokens might', () => {
    const read = jest.spyOn(Tokenization, 'reverseString');
    findUserDataProblem('x'.repeat(3000), 'it');
    expect(read).toHaveBeenCalledTimes(1);
  });
});

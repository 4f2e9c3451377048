import { concatenate, keyOf, literalOf, readable, reasonOf, referenceOf, rewritten, split, undecided } from '../../src/template/text';

const group = { target: 'Stack/Group', attribute: 'GroupId' };

describe('texts', () => {
  test('are joined and split again, references in one piece', () => {
    const joined = concatenate([['a'], [group], ['b', 'c']], '|');

    expect(joined).toEqual(['a|', group, '|bc']);
    expect(split(joined, '|')).toEqual([['a'], [group], ['bc']]);
    expect(split(['a', group], '')).toEqual([['a', group]]);
  });

  test('say what they are', () => {
    expect(literalOf(['a', 'b'])).toBe('ab');
    expect(literalOf(['a', group])).toBeUndefined();
    expect(referenceOf([group])).toBe(group);
    expect(referenceOf(['a', group])).toBeUndefined();
    expect(reasonOf(undecided('nobody knows'))).toBe('nobody knows');
  });

  test('are equal only if known', () => {
    expect(keyOf(['a', group])).toBe(keyOf(['a', group]));
    expect(keyOf(undecided('nobody knows'))).toBeUndefined();
    expect(readable(['a', ...undecided('nobody knows')])).toBe('a(unknown)');
  });

  test('are rewritten as plain text, with what is not known in its place', () => {
    expect(rewritten(['mysql://', group, '@db-', group, ':3306'], (plain) => plain.replace(/^.*@/, '').replace(/:.*$/, ''))).toEqual(['db-', group]);
    expect(rewritten([{ reason: 'later' }, ':80'], (plain) => plain.split(':')[0])).toEqual([{ reason: 'later' }]);
    expect(rewritten([], (plain) => plain)).toEqual([]);
  });
});

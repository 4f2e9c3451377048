import { COSTS, withCurrentCosts } from '../../tools/costs';

test.each(COSTS)('$document says what the templates cost now (npx projen costs)', (costed) => {
  const { shown, current } = withCurrentCosts(costed);
  expect(shown).toContain('**Total**');
  expect(shown).toBe(current);
});

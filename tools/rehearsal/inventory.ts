import type { Template } from './assembly';
import type { LiveState } from './live-state';

// CloudFormation makes several records or groups of some types; what the emulator makes by itself is none of the template's.
const COUNTED_OTHERWISE = new Set(['snapshot of a database', 'AWS::IAM::Role']);

/** For each type that the services list: what there is more or less of than the templates say. */
export function countDeviations(firstDay: LiveState, state: LiveState, templates: Record<string, Template>): string[] {
  const types = Object.values(templates).flatMap(({ Resources }) => Object.values(Resources).map(({ Type }) => Type));
  return Object.keys(state.inventory).filter((type) => !COUNTED_OTHERWISE.has(type)).flatMap((type) => {
    const wanted = types.filter((one) => one === type).length;
    const there = state.inventory[type].length - firstDay.inventory[type].length;
    return wanted === there ? [] : [`${there} instead of ${wanted} ${type}`];
  });
}

/** What is there that was not there on the first day, by type. */
export function leftBehind(firstDay: LiveState, state: LiveState): Record<string, string[]> {
  const rest = Object.entries(state.inventory)
    .map(([type, all]): [string, string[]] => [type, all.filter((one) => !firstDay.inventory[type].includes(one))]);
  return Object.fromEntries(rest.filter(([, all]) => all.length > 0));
}

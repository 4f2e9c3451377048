import { App, Stack, Validations } from 'aws-cdk-lib';
import { verdictOfApp } from './pair';
import { fargateTask } from './plain';
import { appIn, world } from '../../web-app/ecs/world';

/** The findings about credentials, with a web application of ours that has `DB_PASS` in clear, and whatever else is defined. */
function credentialsIn(define: (stack: Stack, app: ReturnType<typeof appIn>) => void = () => {}): string[] {
  const root = new App();
  const stack = new Stack(root, 'Shop', { env: { region: 'eu-west-1' } });
  define(stack, appIn(world(stack), { environment: { DB_PASS: 'hunter2' } }));
  return verdictOfApp(root).findings.filter(({ rule }) => rule === 'secret-in-environment').map(({ description }) => description);
}

test('a credential of which a construct of ours warns is not told again by the rule', () => {
  expect(credentialsIn()).toEqual([]);
});

test('nor is one that was acknowledged on the construct', () => {
  const id = 'cdk-ha-ecs::HaEcsWebApp.plainSecret.DB_PASS';
  expect(credentialsIn((_stack, app) => Validations.of(app).acknowledge({ id, reason: 'a demonstration' }))).toEqual([]);
});

test('the same variable of a task that no construct of ours made is told', () => {
  expect(credentialsIn((stack) => fargateTask(stack, { environment: { DB_PASS: 'hunter2' } }))).toEqual([expect.stringContaining('container web has DB_PASS in clear')]);
});

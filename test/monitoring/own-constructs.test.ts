import { alarmMetrics, alarmOf, World } from './world';
import { AlarmRouting } from '../../src/monitoring/alarm-routing';
import { SingleTaskWebApp } from '../../src/web-app/ecs/single-task-web-app';
import { OwnWebApp } from '../web-app/ecs/own-web-app';
import { FakeDatabase, IMAGE } from '../web-app/ecs/world';

const QUIET = AlarmRouting.disabled('a test');

test('a single task is watched, and one healthy target is enough of it', () => {
  const world = new World();
  const app = new SingleTaskWebApp(world.web, 'Blog', {
    cluster: world.cluster, frontend: world.frontend, image: IMAGE, reason: 'a test', routing: { pathPatterns: ['/blog/*'] },
  });
  world.monitoring(QUIET).watchWebApp(app);
  expect(alarmOf(world.home, 'BlogTooFewHealthyTargets').Threshold).toBe(1);
  expect(alarmOf(world.home, 'BlogCpu').Threshold).toBe(85);
});

test('a web application of a class of one\'s own is watched like ours', () => {
  const world = new World();
  const app = new OwnWebApp(world.web, 'Own', world.cluster, world.frontend, ['/own/*']);
  const alarms = world.monitoring(QUIET).watchWebApp(app);
  expect(alarms.serviceDown).toBeDefined();
  expect(alarmOf(world.home, 'OwnTooFewHealthyTargets').Threshold).toBe(3);
});

test('a database of a class of one\'s own is watched by what it says its server is made of', () => {
  const world = new World();
  const database = Object.assign(new FakeDatabase(world.data, 'Own', world.vpc), { server: { service: world.database.service } });
  const alarms = world.monitoring(QUIET).watchDatabase(database);
  expect(alarms.cpu).toBeDefined();
  expect(alarmMetrics(world.home)).not.toContain('AWS/EFS/PercentIOLimit');
});

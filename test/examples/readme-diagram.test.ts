import { readFileSync } from 'fs';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { completeLab } from '../../examples/typescript/ecs-lab/delivery';
import { describeArchitecture, pageOf } from '../../tools/architecture';
import { DIAGRAMS, PICTURE, currentPicture, withCurrentDiagram } from '../../tools/diagrams';
import { REPOSITORY } from '../packaging/python';

test.each(DIAGRAMS)('%s shows the diagram as the templates give it now (npx projen diagrams)', (document, build) => {
  const { shown, current } = withCurrentDiagram(document, build);
  expect(shown).toContain('```mermaid');
  expect(shown).toBe(current);
});

test('the picture of the lab in the README is as the templates give it now (npx projen diagrams)', () => {
  expect(readFileSync(join(REPOSITORY, PICTURE), 'utf8')).toBe(currentPicture());
  expect(readFileSync(join(REPOSITORY, 'README.md'), 'utf8')).toContain(`/main/${PICTURE})`);
});

const app = new App();
completeLab(app);
const assembly = app.synth().directory;

describe('the architecture page of the lab', () => {
  const page = describeArchitecture('The ECS lab', assembly);

  test('has the diagram, the matrix, the loss of each zone and the accepted findings', () => {
    expect([...page.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual(['What reaches what', 'The loss of a zone', 'Accepted findings']);
    expect(page).toContain('| LabWeb/Frontend/LoadBalancer |  |  | 80 |');
  });

  test('is there as a page of its own too, with the way of a request from its name to its files', () => {
    const html = pageOf('The ECS lab', assembly);
    expect([...html.matchAll(/data-name="([^"]*)"/g)].map(([, name]) => name)).toEqual(expect.arrayContaining([
      'internet', 'lab.example.com', 'LabWeb/ContentDelivery/Distribution', 'alb.lab.example.com', 'LabWeb/Frontend/LoadBalancer', 'LabWeb/App/Service', 'LabData/Database/Service',
      'LabData/Database/Files/FileSystem', 'LabDelivery/Pipeline/Pipeline',
    ]));
  });

  test('names the one thing that the loss of a zone stops for a while', () => {
    const rows = page.split('\n').filter((line) => line.includes('without zone') === false && /\*\*(restarts|stops|degrades)\*\*/.test(line));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatch(/^\| LabData\/Database\/Service .*restarts in another zone/);
  });

  test('gives a reason for each accepted finding', () => {
    const rows = page.slice(page.indexOf('## Accepted findings')).split('\n').filter((line) => line.startsWith('| ')).slice(2);
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter((row) => !/\| [^|]{15,} \|$/.test(row))).toEqual([]);
  });
});

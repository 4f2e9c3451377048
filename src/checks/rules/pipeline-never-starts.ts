import type { Rule } from './rule';
import { readPipelineActions } from '../../app-model/delivery/pipelines';
import { isComplete } from '../../template/decided';
import { dig } from '../../template/json';
import { Mentions } from '../../template/mentions';
import { nameOf } from '../../template/values';

/** These sources do not tell the pipeline of a change by themselves: an event rule must, or the pipeline has to look. */
const SILENT = ['ECR', 'S3', 'CodeCommit'];

/** It runs once, when it is made, and then never again. */
export const pipelineNeverStarts: Rule = {
  id: 'pipeline-never-starts',
  severity: 'warning',
  says: 'Nothing starts the pipeline when its source changes.',
  change: 'Add an event rule with the pipeline as target, or let the source action poll.',
  leadsTo: 'What is pushed is never deployed, and nobody is told.',
  evaluate: ({ model }) => {
    if (!isComplete(model)) return [];
    const sources = readPipelineActions(model).filter(({ category }) => category === 'Source');
    return [...new Set(sources.map(({ pipeline }) => pipeline))].filter((pipeline) => {
      const own = sources.filter((one) => one.pipeline === pipeline);
      const silent = own.every(({ provider, configuration }) => SILENT.includes(provider)
        && (provider === 'ECR' || String(configuration.PollForSourceChanges) === 'false'));
      const starters = Mentions.of(model).of(pipeline)
        .filter(({ type }) => !type.startsWith('AWS::IAM::') && !type.startsWith('AWS::CodeStarNotifications'));
      return silent && starters.length === 0 && !Mentions.of(model).isHandedOut(pipeline) && dig(pipeline.properties, 'Triggers') === undefined
        && dig(pipeline.properties, 'Name') === undefined;
    }).map((at) => ({ at, saw: `no rule has ${nameOf(at)} as target, and its source does not poll` }));
  },
};

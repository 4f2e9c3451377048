import type { Rule } from './rule';
import { judgeDeclaration } from '../../paths/judging/declared-connections';
import { Directory } from '../../paths/judging/directory';
import { HTTPS_PORT } from '../../private/aws/engine-ports';
import { readablePorts } from '../../private/aws/port-range';
import { dig } from '../../template/json';

/** A construct states what it means to connect; an aspect, an escape hatch or a later rule may have undone it. */
export const declaredPathMissing: Rule = {
  id: 'declared-path-missing',
  severity: 'error',
  says: 'A construct states that it needs a connection, and the templates do not allow it.',
  change: 'Undo what removed the security-group rule or the route: an aspect, an escape hatch, another subnet.',
  evaluate: (app) => {
    const directory = Directory.of(app);
    const endpoints = app.model.ofType('AWS::EC2::VPCEndpoint').some(({ properties }) => dig(properties, 'VpcEndpointType') === 'Interface');
    // HTTPS to anywhere means the APIs of AWS: endpoints serve as well, and image-pull-route judges them.
    const judged = app.model.content.declarations
      .filter(({ target, fromPort }) => !(endpoints && target.includes('internet') && fromPort === HTTPS_PORT));
    return judged.flatMap((declaration) => {
      const { ports, sources, targets, judgement } = judgeDeclaration(app, directory, declaration);
      const stack = app.stackOf(declaration.declaredBy);
      return judgement.verdict !== 'blocked' || stack === undefined ? [] : [{
        at: { path: declaration.declaredBy, stack },
        causes: [judgement.missing!.text],
        saw: `${sources.join(', ')} cannot reach ${targets.join(', ')} on port ${readablePorts(ports)} (${declaration.why}): `
          + `${judgement.missing!.text}`,
      }];
    });
  },
};

import type { Rule } from './rule';
import { buildCommands } from '../../app-model/delivery/pipelines';
import { dig } from '../../template/json';
import { isOn, nameOf } from '../../template/values';

/** Docker's own daemon runs in a build only where the build is privileged. */
export const buildWithoutDocker: Rule = {
  id: 'build-without-docker',
  severity: 'error',
  says: 'The build calls docker and is not privileged: there is no Docker daemon for it.',
  change: 'Set privileged: true in the environment of the build project.',
  evaluate: ({ model }) => model.ofType('AWS::CodeBuild::Project').flatMap((project) => {
    const commands = buildCommands(model, project) ?? '';
    const stated = dig(project.properties, 'Environment', 'PrivilegedMode');
    const called = /\bdocker (build|buildx|run|pull|push|compose)\b/.exec(commands)?.[0];
    const plain = stated === undefined || stated === false || stated === 'false';
    const container = ['LINUX_CONTAINER', 'ARM_CONTAINER', 'LINUX_GPU_CONTAINER'].includes(String(dig(project.properties, 'Environment', 'Type')));
    return called === undefined || !plain || !container || /DOCKER_HOST|dockerd/.test(commands) || isOn(stated) ? [] : [{
      at: project, saw: `the build specification of ${nameOf(project)} calls "${called}", and PrivilegedMode is off`,
    }];
  }),
};

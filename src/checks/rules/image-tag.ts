import type { Rule } from './rule';
import { endsInLatest, isFloatingImage } from '../../private/aws/image-reference';
import { literalOf } from '../../template/text';

/** A tag that moves makes two tasks of one service run two programs, and a rollback runs the program it should take back. */
export const imageTag: Rule = {
  id: 'image-tag',
  severity: 'warning',
  says: 'A container image has the tag "latest" or no tag at all.',
  change: 'Name a version tag or a digest.',
  evaluate: (app) => app.taskDefinitions.flatMap((task) => task.containers.flatMap(({ name, image }) => {
    // The end of the text says it, whatever the registry in front is.
    const end = image.at(-1);
    const whole = literalOf(image);
    const floating = whole === undefined ? typeof end === 'string' && endsInLatest(end) : isFloatingImage(whole);
    return floating && image.length > 0 ? [{ at: task.resource, saw: `container ${name} runs ${whole ?? 'an image with the tag latest'}` }] : [];
  })),
};

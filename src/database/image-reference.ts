import { endsInLatest, isFloatingImage } from '../private/aws/image-reference';
import { isKnown } from '../private/errors';
import type { Complaint } from '../private/errors';

/**
 * What is wrong with an image reference for a server that keeps data, or undefined when nothing is.
 *
 * A reference that is partly a token (an ECR repository of the same app) is judged by the part that is known: its tag.
 */
export function findImageProblem(image: string): Complaint | undefined {
  const floating = isKnown(image) ? isFloatingImage(image) : endsInLatest(image);
  return floating ? complaint(image) : undefined;
}

function complaint(image: string): Complaint {
  return {
    got: `the image is '${image}'`,
    allowed: 'an image with a version tag or a digest, never latest',
    fix: 'pin the version, for example mysql:8.4.10; a data directory that a newer server has opened cannot go back to the older one',
  };
}

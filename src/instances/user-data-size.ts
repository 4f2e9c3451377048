import { Tokenization } from 'aws-cdk-lib';
import type { Complaint } from '../private/errors';

/** What EC2 takes as user data, before it is encoded. */
const LARGEST_USER_DATA = 16384;

/** Of the usual length of what stands for a token: a host name, an ARN, the address of a repository. */
const USUAL_VALUE = 'x'.repeat(80);

/** What stands for a token in a script has at least this length: `${Token[A.0]}`. */
const SHORTEST_TOKEN = 12;

/** A character is at most three bytes of UTF-8, and what a token becomes at most this many for each character that stands for it. */
const BYTES_OF_A_CHARACTER = USUAL_VALUE.length / SHORTEST_TOKEN;

/** What is wrong with the first script of an instance, undefined where it is short enough. */
export function findUserDataProblem(script: string, whatToShorten: string): Complaint | undefined {
  // Most scripts are short whatever their tokens become, and to look for tokens in them takes longer than to define an instance.
  if (script.length * BYTES_OF_A_CHARACTER <= LARGEST_USER_DATA) return undefined;
  const bytes = userDataBytes(script);
  if (bytes <= LARGEST_USER_DATA) return undefined;
  return {
    got: `the user data of an instance has about ${bytes} bytes`,
    allowed: `at most ${LARGEST_USER_DATA} bytes, which is all that EC2 takes`,
    fix: `shorten ${whatToShorten} by ${bytes - LARGEST_USER_DATA} bytes: move what is long into the images`,
  };
}

/** How many bytes a script has at deployment, about. */
function userDataBytes(script: string): number {
  const text: string = Tokenization.reverseString(script)
    .mapTokens({ mapToken: () => USUAL_VALUE })
    .join({ join: (left: string = '', right: string = '') => left + right });
  return Buffer.byteLength(text, 'utf8');
}

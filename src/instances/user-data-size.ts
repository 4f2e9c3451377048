import { Tokenization } from 'aws-cdk-lib';

/** What EC2 takes as user data, before it is encoded. */
export const LARGEST_USER_DATA = 16384;

/** Of the usual length of what stands for a token: a host name, an ARN, the address of a repository. */
const USUAL_VALUE = 'x'.repeat(80);

/** How many bytes a script has at deployment, about. */
export function userDataBytes(script: string): number {
  const text: string = Tokenization.reverseString(script)
    .mapTokens({ mapToken: () => USUAL_VALUE })
    .join({ join: (left: string = '', right: string = '') => left + right });
  return Buffer.byteLength(text, 'utf8');
}

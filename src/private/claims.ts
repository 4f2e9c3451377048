import { Stack, Stage, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { fail, isKnown } from './errors';

/** Where claims are kept: on the app, so that constructs of all its stacks see each other's. */
const CLAIMS = Symbol.for('cdk-ha-ecs.claims');

/** What the constructs of one app have claimed so far under `key`, such as directories of one file system. Add to it to claim. */
export function claimsUnder<T>(scope: IConstruct, key: string): T[] {
  const root = scope.node.root as unknown as { [CLAIMS]?: Map<string, unknown[]> };
  const claims = (root[CLAIMS] ??= new Map<string, unknown[]>());
  if (!claims.has(key)) claims.set(key, []);
  return claims.get(key) as T[];
}

/** The same text for every construct that stands for one resource. An id that is a token is the same only within its stack. */
export function identityOf(resource: IConstruct, physicalId: string): string {
  if (!Token.isUnresolved(physicalId)) return physicalId;
  const stack = Stack.of(resource);
  return `${stack.node.path} ${JSON.stringify(stack.resolve(physicalId))}`;
}

/**
 * Takes a name that may be had once in an account and region, or in what `within` says. Throws where another construct of the stage has it:
 * CloudFormation would find out in the middle of the deployment. Stages need not be deployed beside each other, nor in one place: an app
 * may hold the next home of a system beside its present one. Stacks without a known account and region may go anywhere: there only one stack is looked at.
 */
export function claimName(scope: IConstruct, claim: Claim): void {
  if (!isKnown(claim.value)) return;
  const { account, region } = Stack.of(scope);
  const place = claim.within ?? (isKnown(account) && isKnown(region) ? `${account} ${region}` : outermost(Stack.of(scope)).node.path);
  const stage = Stage.of(scope)?.node.path ?? '';
  const taken = claimsUnder<{ name: string; owner: string }>(scope, `${claim.prop} in ${place} of stage ${stage}`);
  const rival = taken.find(({ name }) => name === claim.value);
  if (rival !== undefined) {
    fail(scope, {
      got: `${claim.prop} is '${claim.value}', which ${rival.owner} has ${claim.whose === undefined ? 'already' : `in the same ${claim.whose}`}`,
      allowed: claim.allowed,
      fix: claim.fix,
    });
  }
  taken.push({ name: claim.value!, owner: scope.node.path });
}

/** A name, and what is said where it is taken. */
export interface Claim {
  /** As the caller wrote it. */
  readonly prop: string;
  readonly value: string | undefined;
  readonly allowed: string;
  readonly fix: string;
  /** What the name is good for; by default one account and region. Two stages never meet in it. */
  readonly within?: string;
  /** The word for that place, where the name is not good for an account and region. */
  readonly whose?: string;
}

function outermost(stack: Stack): Stack {
  return stack.nestedStackParent === undefined ? stack : outermost(stack.nestedStackParent);
}

import { expectExample } from './example-messages';
import { judgeApp } from '../../../src/checks/findings';
import type { Finding } from '../../../src/checks/findings';
import { contentOf, stackTemplate } from '../apps';

/** Hand-written resources of one template. */
export type Resources = Record<string, { Type: string; Properties: Record<string, any>; [key: string]: unknown }>;

/** A mistake in an app that nobody made with the CDK, and the same app without it. */
export interface Fault {
  readonly rule: string;
  readonly mistake: string;
  readonly sees: RegExp;
  /** What the app needs for the question to arise, done rightly. */
  right?(app: Resources): void;
  /** The mistake, on top of what is right. */
  wrong(app: Resources): void;
}

export const ref = (name: string) => ({ Ref: name });
export const att = (name: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [name, attribute] });

export function resource(Type: string, Properties: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) {
  return { Type, Properties, ...rest };
}

/** What is found in resources of one template, in Ireland. */
export function findingsIn(resources: Resources, rest: Record<string, unknown> = {}): readonly Finding[] {
  return judgeApp(contentOf([stackTemplate('Test', { Resources: resources, ...rest }, { region: 'eu-west-1' })])).findings;
}

/** Declares both tests of a rule, on the app that `base` makes. */
export function testFault(base: () => Resources, fault: Fault): void {
  const app = () => {
    const resources = structuredClone(base());
    fault.right?.(resources);
    return resources;
  };
  describe(fault.rule, () => {
    test(`fails for ${fault.mistake}`, () => {
      const resources = app();
      fault.wrong(resources);
      const own = findingsIn(resources).filter(({ rule }) => rule === fault.rule);
      expect(own.map(({ description }) => description).join('\n')).toMatch(fault.sees);
      expectExample(fault.rule, fault.mistake, own.map(({ description }) => description));
      expect(own.every(({ fix, at }) => fix.length > 0 && at !== undefined && at.path.startsWith('Test'))).toBe(true);
    });

    test(`passes without ${fault.mistake}, and everything could be judged`, () => {
      const found = findingsIn(app()).filter(({ rule }) => rule === fault.rule || rule === 'cannot-judge');
      expect(found.map(({ description }) => description)).toEqual([]);
    });
  });
}

/** A statement of a policy. */
export const allow = (Action: string | string[], Resource: unknown = '*', rest: Record<string, unknown> = {}) => ({ Effect: 'Allow', Action, Resource, ...rest });

/** A role that a service takes on, with what it may do. */
export function role(service: string, statements: unknown[] = [], managed: string[] = []) {
  return resource('AWS::IAM::Role', {
    AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }] },
    ManagedPolicyArns: managed.map((name) => `arn:aws:iam::aws:policy/${name}`),
    Policies: statements.length === 0 ? [] : [{ PolicyName: 'own', PolicyDocument: { Statement: statements } }],
  });
}

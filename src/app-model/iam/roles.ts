import { matchesResource } from './resource-match';
import type { Asked } from './resource-match';
import { any, matchesAction, readStatements } from './statement';
import type { Match, Statement } from './statement';
import { managedPolicyActions } from '../../private/aws/managed-policies';
import { decided, isComplete } from '../../template/decided';
import { asList, dig } from '../../template/json';
import { oncePer } from '../../template/once-per';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { keyOf, literalOf, reasonOf } from '../../template/text';

/**
 * What a role may do: allowed, denied outright, not allowed by anything (missing), or not decided by the templates. A condition, a
 * boundary or a policy that cannot be read leaves the question open.
 */
export type Permission = 'allowed' | 'denied' | 'missing' | 'undecided';

interface Policies {
  readonly statements: readonly Statement[];
  /** False where the role may have more policies than are seen. */
  readonly complete: boolean;
  readonly bounded: boolean;
}

const POLICY_TYPES = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy'];

/** The roles of an app with their policies. */
export class Roles {
  /** Read once for each app. */
  public static readonly of = oncePer((model: TemplateModel) => new Roles(model));

  private readonly attached = new Map<string, Resource[]>();
  private readonly known = new Map<string, Policies>();
  private readonly strayPolicies: boolean;

  private constructor(private readonly model: TemplateModel) {
    const byName = new Map<string | undefined, Resource>();
    for (const role of model.ofType('AWS::IAM::Role')) {
      const name = decided(model, role, dig(role.properties, 'RoleName'));
      if (typeof name === 'string') byName.set(name, role);
    }
    let stray = !isComplete(model);
    for (const policy of model.ofType(...POLICY_TYPES)) {
      for (const text of model.texts(policy, dig(policy.properties, 'Roles') ?? dig(policy.properties, 'RoleName'))) {
        const role = text.map((part) => (typeof part === 'object' && 'target' in part ? model.resource(part.target) : undefined))
          .find((one) => one !== undefined) ?? byName.get(literalOf(text));
        stray ||= role === undefined && reasonOf(text) !== undefined;
        if (role !== undefined) {
          this.attached.set(role.id, [...this.attached.get(role.id) ?? [], policy]);
        }
      }
    }
    this.strayPolicies = stray;
  }

  /** Whether a role of the app may do something. */
  public may(role: Resource, action: string, asked: Asked): Permission {
    const { statements, complete, bounded } = this.policiesOf(role);
    const match = (effect: 'Allow' | 'Deny'): Match => {
      let answer: Match = 'no';
      for (const one of statements) {
        const covered = one.effect === effect || one.effect === 'unknown' ? this.covers(one, action, asked) : 'no';
        if (covered === 'yes') return 'yes';
        if (covered === 'unknown') answer = 'unknown';
      }
      return answer;
    };
    const denied = match('Deny');
    if (denied === 'yes') return 'denied';
    const allowed = match('Allow');
    if (allowed === 'no') return complete ? 'missing' : 'undecided';
    return allowed === 'unknown' || denied === 'unknown' || bounded ? 'undecided' : 'allowed';
  }

  /** Those of the actions that the role surely may not do. */
  public lacks(role: Resource, actions: readonly string[], asked: Asked): string[] {
    return actions.filter((action) => ['missing', 'denied'].includes(this.may(role, action, asked)));
  }

  /** True where a policy of the role names the action itself, and not by a wildcard. */
  public names(role: Resource, action: string): boolean {
    return this.policiesOf(role).statements.some(({ effect, actions }) => effect === 'Allow'
      && actions?.some((one) => literalOf(one)?.toLowerCase() === action.toLowerCase()));
  }

  /** True where a role surely may do nothing of a service with a resource: `sqs`, `s3`. */
  public isStranger(role: Resource, service: string, resource: Resource): boolean {
    const { statements, complete } = this.policiesOf(role);
    return complete && statements.filter(({ effect }) => effect !== 'Deny').every((one) => {
      const speaks = one.actions === undefined || one.actions.some((action) => {
        const known = literalOf(action);
        return known === undefined || known.startsWith('*') || known.toLowerCase().startsWith(`${service}:`);
      });
      const onIt = one.excepted || one.resources === undefined
        || one.resources.some((pattern) => matchesResource(this.model, pattern, resource) !== 'no');
      return !speaks || !onIt;
    });
  }

  private covers(statement: Statement, action: string, asked: Asked): Match {
    const speaks = matchesAction(statement, action);
    if (speaks === 'no') return 'no';
    const onWhat = statement.excepted || statement.resources === undefined
      ? 'unknown'
      : any(statement.resources.map((pattern) => matchesResource(this.model, pattern, asked)));
    if (onWhat === 'no') return 'no';
    return speaks === 'yes' && onWhat === 'yes' && statement.condition === undefined && statement.effect !== 'unknown' ? 'yes' : 'unknown';
  }

  private policiesOf(role: Resource): Policies {
    const known = this.known.get(role.id);
    if (known !== undefined) return known;
    const { model } = this;
    const inline = asList(dig(role.properties, 'Policies')).flatMap((policy) => readStatements(model, role, dig(policy, 'PolicyDocument') ?? policy));
    const attached = (this.attached.get(role.id) ?? []).flatMap((policy) => readStatements(model, policy, dig(policy.properties, 'PolicyDocument')));
    const managed = model.texts(role, dig(role.properties, 'ManagedPolicyArns')).map((text): readonly Statement[] | undefined => {
      const own = text.length === 1 && typeof text[0] === 'object' && 'target' in text[0] ? model.resource(text[0].target) : undefined;
      if (own !== undefined) return readStatements(model, own, dig(own.properties, 'PolicyDocument'));
      const last = text[text.length - 1];
      const actions = typeof last === 'string' ? managedPolicyActions(last) : undefined;
      return actions && [{
        effect: 'Allow',
        actions: actions.map((one) => [one]),
        resources: [['*']],
        excepted: false,
        principal: undefined,
        holder: role,
      }];
    });
    const policies = {
      statements: [...inline, ...attached, ...managed.flatMap((one) => one ?? [])],
      complete: !this.strayPolicies && managed.every((one) => one !== undefined) && keyOf(model.text(
        role,
        dig(role.properties, 'RoleName') ?? '',
      )) !== undefined,
      bounded: dig(role.properties, 'PermissionsBoundary') !== undefined,
    };
    this.known.set(role.id, policies);
    return policies;
  }
}

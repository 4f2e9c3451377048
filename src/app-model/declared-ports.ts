import type { AppModel } from './app-model';
import { namedPort } from '../private/aws/port-range';
import type { PortRange } from '../private/aws/port-range';
import { intrinsicOf } from '../template/json';
import type { Declaration, StackTemplate } from '../template/stack-template';
import type { Text } from '../template/text';
import { namedOrKnownPort } from './network/store-ports';

/** The ports of a stated connection: a span, or by name where only the deployment knows them. */
export function declaredPorts(app: AppModel, declaration: Declaration): PortRange {
  const [from, to] = [declaration.fromPort, declaration.toPort].map((value) => namedOrKnownPort(app.model, textOf(app, declaration, value)));
  if (from.name !== undefined || to.name !== undefined) return namedPort(from.name === to.name ? from.name : undefined);
  return { from: from.from, to: to.to };
}

/** Metadata names a resource by its logical id alone: of this stack, or of the only other one that has it. */
function textOf(app: AppModel, declaration: Declaration, value: unknown): Text {
  const own = app.stackOf(declaration.declaredBy);
  const argument = intrinsicOf(value)?.[1];
  const having = argument === undefined ? [] : app.model.stacksWith(String(Array.isArray(argument) ? argument[0] : argument));
  const stack: StackTemplate | undefined = own !== undefined && having.includes(own) || having.length !== 1 ? own : having[0];
  return stack === undefined ? [{ reason: 'no stack of the app states it' }] : app.model.resolver.text(value, stack);
}

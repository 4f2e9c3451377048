import { App, Stack } from 'aws-cdk-lib';
import { NetworkPaths } from '../../src/paths/network-paths';
import type { AssemblyContent, StackTemplate } from '../../src/template/stack-template';

/** The paths of a plain CDK app: `define` fills its only stack, `Test`. */
export function pathsOf(context: Record<string, unknown>, define: (stack: Stack) => void): NetworkPaths {
  const app = new App({ context });
  define(new Stack(app, 'Test', { env: { region: 'eu-west-1' } }));
  // The CDK prints its advice about the programs; they are here to be judged by us.
  const printed = jest.spyOn(console, 'error').mockImplementation();
  const { directory } = app.synth();
  printed.mockRestore();
  return NetworkPaths.fromAssembly(directory);
}

/** The paths of hand-written resources in one template, `Test`; construct paths are `Test/<logical id>`. */
export function pathsOfResources(resources: Record<string, unknown>, rest: Record<string, unknown> = {}): NetworkPaths {
  return NetworkPaths._fromContent(contentOf([stackTemplate('Test', { Resources: resources, ...rest })]));
}

/** An assembly of hand-written templates. */
export function contentOf(stacks: StackTemplate[]): AssemblyContent {
  return { stacks, declarations: [], annotations: [], problems: [] };
}

/** A hand-written template as an assembly holds it. */
export function stackTemplate(id: string, template: Record<string, unknown>, rest: Partial<StackTemplate> = {}): StackTemplate {
  return { id, name: id, path: id, template, paths: new Map(), ...rest };
}

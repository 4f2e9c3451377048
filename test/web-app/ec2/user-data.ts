import { statSync } from 'fs';
import type { Stack } from 'aws-cdk-lib';
import { resourcesOf } from '../../templates';

/** The user data of the one launch template of a stack, as it reaches an instance; what only a deployment knows stands as `<LogicalId>`. */
export function userDataOf(stack: Stack): string {
  const template = Object.values(resourcesOf(stack)).find(({ Type }) => Type === 'AWS::EC2::LaunchTemplate');
  return textOf(template!.Properties.LaunchTemplateData.UserData['Fn::Base64']);
}

/** A file that the user data writes. */
export function fileIn(script: string, path: string): string {
  const start = script.indexOf(`cat >${path} <<'END-OF-FILE-8c1f'\n`);
  if (start < 0) throw new Error(`${path} is not written`);
  const content = script.slice(script.indexOf('\n', start) + 1);
  return content.slice(0, content.indexOf('\nEND-OF-FILE-8c1f\n') + 1);
}

/** The permissions of a file in octal digits. */
export function permissionsOf(path: string): string {
  return (statSync(path).mode % 0o1000).toString(8);
}

function textOf(value: any): string {
  if (typeof value === 'string') return value;
  if (value['Fn::Join']) return value['Fn::Join'][1].map(textOf).join(value['Fn::Join'][0]);
  if (value.Ref) return `<${value.Ref.replace('AWS::', '')}>`;
  if (value['Fn::GetAtt']) return `<${[value['Fn::GetAtt']].flat().join('.')}>`;
  if (value['Fn::ImportValue']) return `<${textOf(value['Fn::ImportValue'])}>`;
  if (value['Fn::GetStackOutput']) return `<${value['Fn::GetStackOutput'].OutputName}>`;
  if (value['Fn::Select']) return '<selected>';
  throw new Error(`user data has ${JSON.stringify(value)}`);
}

import { readFileSync } from 'fs';
import { join } from 'path';
import { gunzipSync } from 'zlib';
import type { Replaces } from './expected-change';

const DATA = join(__dirname, '..', '..', 'node_modules', 'aws-cdk', 'db.json.gz');

/** What the CDK command itself knows of each property: whether a change of it makes a new resource. */
export function replacementData(): Replaces {
  const { entities } = JSON.parse(gunzipSync(readFileSync(DATA)).toString('utf8')).schema.resource;
  const types = new Map<string, any>(entities.map((one: any) => [one.cloudFormationType, one.properties]));
  return (type, property) => types.get(type)?.[property]?.causesReplacement === 'yes';
}

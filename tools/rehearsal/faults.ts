import { createHash } from 'crypto';
import { cpSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { templatesOf } from './assembly';
import type { Template, TemplateResource } from './assembly';

type Loose = { Type: string; Properties: any; DependsOn?: any };

/** A change to one template that AWS refuses. */
export interface Fault {
  readonly name: string;
  /** What the refusal says. */
  readonly refusal: RegExp;
  /** Changes the template, or tells that it has nothing of the kind. */
  readonly seed: (template: Template) => boolean;
}

/** Eight, of as many kinds: what the template says, what a service knows, what is there already, what others use. */
export const FAULTS: readonly Fault[] = [
  {
    name: 'a misspelled property',
    refusal: /unsupported property DesiredCounts/,
    seed: of('AWS::ECS::Service', ({ Properties }) => { Properties.DesiredCounts = 2; }),
  },
  {
    name: 'an accent in the description of a rule',
    refusal: /Invalid security group or rule description/,
    seed: of('AWS::EC2::SecurityGroupIngress', ({ Properties }) => { Properties.Description = 'Accès'; }),
  },
  {
    name: 'a size of task that Fargate has not',
    refusal: /No Fargate configuration exists/,
    seed: of('AWS::ECS::TaskDefinition', ({ Properties }) => { Properties.Memory = '65536'; }),
  },
  {
    name: 'a load balancer in one zone',
    refusal: /two different Availability Zones/,
    seed: of('AWS::ElasticLoadBalancingV2::LoadBalancer', ({ Properties }) => { Properties.Subnets = Properties.Subnets.slice(0, 1); }),
  },
  {
    name: 'targets in a container that is not there',
    refusal: /container nobody does not exist/,
    seed: of('AWS::ECS::Service', ({ Properties }) => { Properties.LoadBalancers[0].ContainerName = 'nobody'; }),
  },
  { name: 'a record under another logical id', refusal: /already exists/, seed: renamed('AWS::Route53::RecordSet') },
  {
    name: 'two mount targets in one zone',
    refusal: /already exists in this AZ/,
    seed: (template) => {
      const targets = resourcesOf(template, 'AWS::EFS::MountTarget');
      if (targets.length > 1) targets[1].Properties.SubnetId = targets[0].Properties.SubnetId;
      return targets.length > 1;
    },
  },
  {
    name: 'an output that the other stack does not have',
    refusal: /NobodysOutput/,
    seed: (template) => {
      const [first] = outputsRead(template.Resources);
      if (first !== undefined) first.OutputName = 'NobodysOutput';
      return first !== undefined;
    },
  },
];

/** Copies an assembly with the fault in the first template that has room for it; gives the stack, or nothing where none has. */
export function seedFault(base: string, copy: string, fault: Fault): string | undefined {
  cpSync(base, copy, { recursive: true });
  for (const [stack, template] of Object.entries(templatesOf(copy))) {
    if (!fault.seed(template)) continue;
    rewriteTemplate(copy, stack, template);
    return stack;
  }
  return undefined;
}

/** The CDK command uploads a template under its hash, and not again where that is there already. */
function rewriteTemplate(assembly: string, stack: string, template: Template): void {
  const text = JSON.stringify(template, undefined, 1);
  const hash = createHash('sha256').update(text).digest('hex');
  const file = `${stack}.template.json`;
  writeFileSync(join(assembly, file), text);
  const assets = readFileSync(join(assembly, `${stack}.assets.json`), 'utf8');
  const old = Object.entries<any>(JSON.parse(assets).files).find(([, { source }]) => source.path === file)![0];
  for (const name of [`${stack}.assets.json`, 'manifest.json']) {
    writeFileSync(join(assembly, name), readFileSync(join(assembly, name), 'utf8').replaceAll(old, hash));
  }
}

function resourcesOf(template: Template, type: string): Loose[] {
  return Object.values(template.Resources).filter((one) => one.Type === type) as Array<TemplateResource & Loose>;
}

/** Where a template reads values of other stacks. */
function outputsRead(value: unknown): Array<{ OutputName: string }> {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => (key === 'Fn::GetStackOutput' ? [each] : outputsRead(each)));
}

function of(type: string, change: (resource: Loose) => void): Fault['seed'] {
  return (template) => {
    const [first] = resourcesOf(template, type);
    if (first !== undefined) change(first);
    return first !== undefined;
  };
}

function renamed(type: string): Fault['seed'] {
  return (template) => {
    const found = Object.entries(template.Resources).find(([, one]) => one.Type === type);
    if (found === undefined) return false;
    template.Resources[`${found[0]}Again`] = found[1];
    delete template.Resources[found[0]];
    return true;
  };
}

import type { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { World } from './world';
import { NetworkPaths, PathVerdict } from '../../src';
import type { NetworkPath } from '../../src';

const INTERNET = 'internet';

/** Props by which somebody asks for a connection, with the end that they name. */
const ASKING = ['frontend', 'database', 'sharedFiles'] as const;

/** What is wrong with the connections of a case, or undefined: each that is declared works, none else is open, and those asked for are declared. */
export function wrongConnection(world: World, made: unknown, props: unknown): string | undefined {
  const paths = NetworkPaths.fromAssembly(world.app.outdir);
  const declared = paths.declaredPaths();
  return declared.filter(isDead).map((path) => `declared and closed: ${path.explanation}`)[0]
    ?? paths.openPaths().filter((open) => !isChosen(open) && !declared.some((path) => covers(path, open))).map((open) => `open and not declared: ${written(open)}`)[0]
    ?? silentProp(made, props, declared);
}

/** In an imported VPC the routes are somebody else's, and so are ports that only the deployment knows. */
function isDead({ source, target, verdict, explanation = '' }: NetworkPath): boolean {
  if (verdict === PathVerdict.REACHABLE) return false;
  const foreign = [source, target].includes(INTERNET) || /nothing of this app is in security group|is not in any template of this app|known at deployment/.test(explanation);
  return verdict === PathVerdict.BLOCKED || !foreign;
}

/** Who may come in was said by an address: through a frontend's access, and to endpoints of AWS from their own VPC. */
function isChosen({ source, target, toPort, fromPort }: NetworkPath): boolean {
  if (!/^[\d.]+\/\d+$|^prefix list pl-/.test(source)) return false;
  return target.endsWith('/LoadBalancer') || (target.endsWith('Endpoint') && fromPort === 443 && toPort === 443);
}

function covers(declared: NetworkPath, open: NetworkPath): boolean {
  return declared.source === open.source && declared.target === open.target && declared.fromPort <= open.fromPort && open.toPort <= declared.toPort;
}

/** An end that a prop asks for, with which nothing declares a connection. */
function silentProp(made: unknown, props: unknown, declared: readonly NetworkPath[]): string | undefined {
  if (!Construct.isConstruct(made) || typeof props !== 'object' || props === null) return undefined;
  const given = props as Record<string, any>;
  const asked: Array<Construct & Partial<ec2.IConnectable>> = ASKING.flatMap((name) => [given[name]].flat())
    .map((one) => one?.files ?? one).filter((one) => Construct.isConstruct(one));
  const silent = asked.find((end) => {
    const names = [end, ...(end.connections?.securityGroups ?? [])].map(({ node }): string => node.path);
    const isEnd = (path: string) => names.some((name) => path.startsWith(name));
    return !declared.some(({ source, target }) => (isEnd(source) && isMade(made, target)) || (isEnd(target) && isMade(made, source)));
  });
  return silent === undefined ? undefined : `asked for and not declared: ${made.node.path} with ${silent.node.path}`;
}

/** In bridge mode a task has the address of its instance. */
function isMade(made: Construct, path: string): boolean {
  return path.startsWith(made.node.path) || path.startsWith('Test/Ec2/');
}

function written({ source, target, fromPort, toPort, verdict }: NetworkPath): string {
  return `${source} -> ${target} ${fromPort}-${toPort} (${verdict})`;
}

import type { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { connectionsOnlyIn } from './comparison';
import { htmlOf, mermaidOf, svgOf } from './drawn';
import { judgeDeclaration } from './judging/declared-connections';
import { Directory } from './judging/directory';
import { anyOf, unclear } from './judging/judgement';
import type { Judgement } from './judging/judgement';
import { NetworkModel } from './judging/network-model';
import { findOpenConnections } from './judging/open-connections';
import type { OpenConnection } from './judging/open-connections';
import { openingRules } from './judging/opening-rules';
import type { OpeningRule } from './judging/opening-rules';
import { isEndpoint } from './judging/path-end';
import type { PathEnd } from './judging/path-end';
import { writeMarkdown } from './markdown';
import type { NetworkPath, PathAnswer, PathComparison, PathEndpoint, PathLink } from './path-answer';
import { answerOf, explain, toVerdict } from './wording';
import { readablePorts } from '../private/aws/port-range';
import { readAssembly } from '../template/assembly-reader';
import type { AssemblyContent } from '../template/stack-template';

/** An answer with what a person asks next. */
export interface ConnectionDetails {
  readonly answer: PathAnswer;
  /** One for each source and target that the names stand for. */
  readonly pairs: ReadonlyArray<{ readonly answer: PathAnswer; readonly rules: readonly OpeningRule[] }>;
  /** Why one of the names stands for nothing, if so. */
  readonly lost?: string;
}

/** What a caller asked for, and what it stands for. */
interface End {
  readonly name: string;
  readonly ends: readonly PathEnd[];
}

/**
 * What can reach what in a synthesized app, decided from its templates alone: security groups, routes, addresses, network ACLs.
 *
 * Judges any CDK app, whoever wrote its constructs. It models TCP. What the templates do not decide is `UNKNOWN` and never counts as safe:
 * security groups and subnets of other apps, prefix lists, parameters, conditions. That nothing listens, that DNS resolves and that
 * IAM agrees is not its subject.
 *
 * @example
 * const paths = NetworkPaths.fromAssembly('cdk.out');
 * const answer = paths.canReach('internet', 'Shop/Database', 3306);
 * const closed = answer.verdict === PathVerdict.BLOCKED; // answer.explanation says which rule is missing
 */
export class NetworkPaths {
  /**
   * Reads the paths of a synthesized app: all its stacks, stages and nested stacks.
   *
   * Throws where the directory is no cloud assembly. Templates that cannot be read do not throw: see `undecided`.
   *
   * @param directory output directory of the app, such as `cdk.out`
   */
  public static fromAssembly(directory: string): NetworkPaths {
    return new NetworkPaths(readAssembly(directory));
  }

  /** @internal */
  public static _fromContent(content: AssemblyContent): NetworkPaths {
    return new NetworkPaths(content);
  }

  /** @internal */
  public readonly _app: NetworkModel;
  private readonly directory: Directory;

  private constructor(content: AssemblyContent) {
    this._app = new NetworkModel(content);
    this.directory = Directory.of(this._app);
  }

  /**
   * Whether the source can open a TCP connection to the target.
   *
   * Each end is a construct, a construct path, `internet`, or a block of addresses such as `10.1.0.0/16`. A construct stands for
   * everything below it that has a network interface: the answer is `REACHABLE` as soon as one such source reaches one such target.
   * Of several targets, those that answer on the port are meant. The internet counts as soon as one block of public addresses does.
   *
   * @param source construct, construct path, `internet` or block of addresses
   * @param target construct, construct path, `internet` or block of addresses
   * @param port TCP port; for a container in bridge mode its own port or the host's
   */
  public canReach(source: IConstruct | string, target: IConstruct | string, port: number): PathAnswer {
    const [from, to] = [this.endOf(source), this.endOf(target)];
    return answerOf(from.name, to.name, port, this.judge(from, to, port));
  }

  /** Everything in the app that has a network interface. */
  public endpoints(): PathEndpoint[] {
    return this._app.endpoints.map((endpoint) => ({
      path: endpoint.label,
      kind: endpoint.kind,
      ports: (endpoint.listens ?? []).map(({ port }) => port),
      securityGroups: endpoint.groups.map((id) => this._app.securityGroups.get(id).path),
    }));
  }

  /**
   * Every connection that is open, found from the rules of both sides.
   *
   * A rule for a block of addresses is one path from that block. Includes what is open to and from the internet.
   */
  public openPaths(): NetworkPath[] {
    return findOpenConnections(this._app).map(pathOf);
  }

  /**
   * What another state of the same app opens and closes, against this one: for the review of a change.
   *
   * Parts of an app are the same where they have the same construct path. What may be open counts as open.
   *
   * @param other the app after the change
   */
  public compare(other: NetworkPaths): PathComparison {
    return { opened: connectionsOnlyIn(other._app, this._app).map(pathOf), closed: connectionsOnlyIn(this._app, other._app).map(pathOf) };
  }

  /** The connections that constructs of this library state they need, each from one source to one target, with what the templates say about it. */
  public declaredPaths(): NetworkPath[] {
    return this._app.model.content.declarations.flatMap((declaration) => {
      const { declaredBy, why } = declaration;
      const { ports, pairs } = judgeDeclaration(this._app, this.directory, declaration);
      return pairs.map(({ source, target, judgement }) => ({
        source,
        target,
        fromPort: ports.from,
        toPort: ports.to,
        ports: readablePorts(ports),
        verdict: toVerdict(judgement.verdict),
        declaredBy,
        why,
        explanation: explain(source, target, readablePorts(ports), judgement),
      }));
    });
  }

  /** What the templates leave open: files that cannot be read, security groups and instances of other apps, unknown values. */
  public undecided(): PathLink[] {
    const doubts = this._app.endpoints.flatMap(({ label, doubts: reasons }) => reasons.map((text) => ({ path: label, text })));
    const foreign = this._app.securityGroups.all().flatMap(({ path, openEnded }) => (
      openEnded === undefined ? [] : [{ path, text: openEnded }]
    ));
    const problems = this._app.model.problems.map(({ subject, reason }) => ({ path: subject, text: reason }));
    const all = [...problems, ...doubts, ...foreign].map((one): [string, PathLink] => [`${one.path} ${one.text}`, one]);
    return [...new Map(all).values()];
  }

  /**
   * What is connected as a Mermaid flowchart, which GitHub draws in Markdown: names, distributions, load balancers, services, data, pipeline.
   * Dotted lines are references, or open by the rules while something on the way is not decided.
   */
  public toMermaid(): string {
    return mermaidOf(this._app, this.undecided());
  }

  /** The app as a picture in SVG: in lanes from the requests to the data, grouped by VPC and zone. */
  public toSvg(): string {
    return svgOf(this._app, this.undecided());
  }

  /**
   * The app as one HTML page to look around in, which loads nothing from anywhere: what is open and by which rules, what the loss of a zone
   * stops, what the internet reaches. The command `cdk-ha-ecs draw` adds the findings of `HaChecks`.
   */
  public toHtml(): string {
    return htmlOf(this._app, this.undecided());
  }

  /** The open paths as a reachability matrix in Markdown, with what is undecided below it. */
  public toMarkdown(): string {
    return writeMarkdown(this.openPaths(), this.undecided());
  }

  /** Endpoints, open paths, declared paths and what is undecided, as JSON text. */
  public toJson(): string {
    const content = { endpoints: this.endpoints(), openPaths: this.openPaths(), declaredPaths: this.declaredPaths(), undecided: this.undecided() };
    return JSON.stringify(content, undefined, 2);
  }

  /** @internal */
  public _why(source: string, target: string, port: number): ConnectionDetails {
    const [from, to] = [this.endOf(source), this.endOf(target)];
    const lost = [from, to].find(({ ends }) => ends.length === 0);
    const answer = answerOf(from.name, to.name, port, this.judge(from, to, port));
    const pairs = lost !== undefined ? [] : this.pairsOf(from, to, port).map(({ one, other, judgement }) => {
      const listening = isEndpoint(other) ? other.listens?.find((each) => each.port === port)?.ports : undefined;
      const rules = openingRules(this._app, one, other, listening ?? { from: port, to: port });
      return { answer: answerOf(one.label, other.label, port, judgement), rules };
    });
    return { answer, pairs, lost: lost === undefined ? undefined : this.lostBecause(lost.name) };
  }

  private judge(source: End, target: End, port: number): Judgement {
    const lost = [source, target].filter(({ ends }) => ends.length === 0);
    if (lost.length > 0) {
      return unclear(...lost.map(({ name }) => this.lostBecause(name)));
    }
    return anyOf(this.pairsOf(source, target, port).map(({ judgement }) => judgement));
  }

  private pairsOf(source: End, target: End, port: number): Array<{ one: PathEnd; other: PathEnd; judgement: Judgement }> {
    const targets = answering(target.ends, port);
    const opening = source.ends.filter((end) => !isEndpoint(end) || end.opensConnections);
    return (opening.length > 0 ? opening : source.ends)
      .flatMap((one) => targets.map((other) => ({ one, other, judgement: this._app.judge.onPort(one, other, port) })));
  }

  private lostBecause(name: string): string {
    if (this.directory.knows(name)) return `nothing at or below ${name} in this app has a network interface or is a security group`;
    if (/^[\d.]+(\/\d*)?$|^[\da-f]*:[\da-f:]*(\/\d*)?$/i.test(name)) return `${name} is no block of addresses, such as 10.0.0.0/16`;
    const nearest = this.directory.nearest(name);
    return `no construct of this app has the path ${name}${nearest === undefined ? '' : `; the nearest is ${nearest}`}`;
  }

  /** A construct with no interface of the app below it may still have security groups elsewhere, as an import has. */
  private endOf(end: IConstruct | string): End {
    const name = typeof end === 'string' ? end : end.node.path;
    const below = this.directory.find(name);
    return { name, ends: below.length > 0 ? below : this.directory.behindGroups(groupNamesOf(end)) };
  }
}

function pathOf({ source, target, ports, certain }: OpenConnection): NetworkPath {
  const verdict = toVerdict(certain ? 'reachable' : 'unknown');
  return { source: source.label, target: target.label, fromPort: ports.from, toPort: ports.to, verdict };
}

/** Names under which the security groups of a connectable construct may be known: construct paths, and ids of imported ones. */
function groupNamesOf(end: IConstruct | string): string[] {
  if (typeof end === 'string' || !isConnectable(end)) return [];
  return end.connections.securityGroups.flatMap((group) => [group.node.path, group.securityGroupId]);
}

function isConnectable(construct: IConstruct): construct is IConstruct & ec2.IConnectable {
  return Array.isArray((construct as Partial<ec2.IConnectable>).connections?.securityGroups);
}

/** Of several targets below one construct, those that answer on the port; all of them where none says so. */
function answering(targets: readonly PathEnd[], port: number): readonly PathEnd[] {
  const known = targets.filter((target) => isEndpoint(target)
    && target.listens?.some((one) => one.port === port || (one.ports.from <= port && port <= one.ports.to)));
  return known.length > 0 ? known : targets;
}


import { Duration, TimeZone, aws_scheduler as scheduler } from 'aws-cdk-lib';
import type { aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { DumpSettings, DumpTarget } from './database-dump';
import { DatabaseDump } from './database-dump';

import { failAt, isKnown } from '../../private/errors';
import { requireArgument, requireOptions } from '../../private/input/require-input';
import { findTokenUnitProblem, isWhole, requireWholeDuration } from '../../private/numbers';
import { requireOwnKind } from '../../private/sealed';
import type { IDatabaseDump } from '../dump-interface';

/** Metadata key under which a database without dumps records why it has none. */
const DUMPS_DISABLED = 'cdk-ha-ecs:database-dumps-disabled';

/** When dumps are taken, how long they are kept, and under which roles. */
export interface DatabaseDumpOptions {
  /**
   * When a dump is taken.
   * @default - every day at 03:00 UTC
   */
  readonly schedule?: scheduler.ScheduleExpression;

  /**
   * How long a dump is kept. Older ones are deleted after the next dump has succeeded, never before. At least 1 day.
   * @default Duration.days(7)
   */
  readonly keep?: Duration;

  /**
   * How long one dump may take before it is ended and counts as failed. 1 minute to 24 hours.
   * @default Duration.hours(1)
   */
  readonly timeLimit?: Duration;

  /**
   * The directory of the file system that holds the dumps, as the root of an access point of their own. Databases that share one
   * file system may share it: the name of a dump begins with the name of its database.
   * @default /dumps
   */
  readonly path?: string;

  /**
   * The role of the dump task. It gets the right to mount the access point of the dumps and nothing else.
   * @default - a role of its own
   */
  readonly taskRole?: iam.IRole;

  /**
   * The role with which ECS starts the dump task: it pulls the image, reads the application's secret and writes the log.
   * @default - a role of its own
   */
  readonly executionRole?: iam.IRole;

  /**
   * The role with which EventBridge Scheduler starts the dump task.
   * @default - a role of its own
   */
  readonly schedulerRole?: iam.IRole;
}

/**
 * Whether and when logical dumps of the database are taken.
 *
 * A copy of the files of a running server, which is what a backup of the file system is, is not a backup of the database: a
 * dump is the only consistent one.
 *
 * @see https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html
 */
export class DatabaseDumps {
  /**
   * Takes dumps on a schedule. Throws on a time to keep, a time limit or a path that cannot work.
   */
  public static scheduled(options: DatabaseDumpOptions = {}): DatabaseDumps {
    requireOptions('DatabaseDumps.scheduled', 'DatabaseDumpOptions', options);
    requirePossible(options);
    return new DatabaseDumps((scope, id, target) => new DatabaseDump(scope, id, { ...target, ...resolveDumps(options) }));
  }

  /**
   * Takes no dumps.
   *
   * @param reason - why none are needed, for example because the application exports its data itself. Blank throws.
   */
  public static disabled(reason: string): DatabaseDumps {
    requireArgument('DatabaseDumps.disabled', 'reason', 'string', reason);
    requireReason(reason);
    return new DatabaseDumps((scope) => {
      scope.node.addMetadata(DUMPS_DISABLED, reason);
      return undefined;
    });
  }

  /** @internal */
  public readonly _bind: (scope: Construct, id: string, target: DumpTarget) => IDatabaseDump | undefined;

  private constructor(bind: (scope: Construct, id: string, target: DumpTarget) => IDatabaseDump | undefined) {
    requireOwnKind(bind, 'DatabaseDumps', 'DatabaseDumps.scheduled() or DatabaseDumps.disabled()');
    this._bind = bind;
  }
}

function resolveDumps(options: DatabaseDumpOptions): DumpSettings {
  return {
    schedule: options.schedule ?? scheduler.ScheduleExpression.cron({ hour: '3', minute: '0', timeZone: TimeZone.ETC_UTC }),
    keep: options.keep ?? Duration.days(7),
    timeLimit: options.timeLimit ?? Duration.hours(1),
    path: options.path ?? '/dumps',
    taskRole: options.taskRole,
    executionRole: options.executionRole,
    schedulerRole: options.schedulerRole,
  };
}

function requireReason(reason: string): void {
  if (!isKnown(reason) || reason.trim() !== '') return;
  failAt('DatabaseDumps.disabled', {
    got: 'reason is blank',
    allowed: 'a sentence that says why no dump is needed',
    fix: 'give the reason, or leave dumps out to get one a day',
  });
}

function requirePossible(options: DatabaseDumpOptions): void {
  const subject = 'DatabaseDumps.scheduled';
  const keep = options.keep;
  const tokenProblem = findTokenUnitProblem('keep', keep, 'minutes') ?? findTokenUnitProblem('timeLimit', options.timeLimit, 'seconds');
  if (tokenProblem !== undefined) failAt(subject, tokenProblem);
  if (keep && !keep.isUnresolved() && keep.toMinutes({ integral: false }) < Duration.days(1).toMinutes()) {
    failAt(subject, {
      got: `keep is ${keep.toHumanString()}`,
      allowed: 'at least 1 day',
      fix: 'keep dumps longer, so that a fault found the next morning can still be undone',
    });
  }
  requireWholeDuration(subject, { name: 'keep', value: keep, min: 1440, max: 5256000, unit: 'minutes' });
  const limit = options.timeLimit;
  if (limit && !limit.isUnresolved() && !isWhole(limit.toSeconds({ integral: false }), 60, Duration.days(1).toSeconds())) {
    failAt(subject, { got: `timeLimit is ${limit.toHumanString()}`, allowed: 'whole seconds, 1 minute to 24 hours', fix: 'change timeLimit' });
  }
}

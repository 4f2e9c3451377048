/**
 * How a managed server behaves.
 *
 * @internal
 */
export interface ManagedServerBehavior {
  /**
   * Whether the server refuses connections without TLS. Applications then have to ask for it, as most drivers do by themselves and PHP does not.
   * @default true
   */
  readonly requireTls?: boolean;

  /**
   * Whether database users may log in with an IAM token instead of a password. It opens nothing by itself: a user must be defined for it.
   * @default true
   */
  readonly iamAuthentication?: boolean;

  /**
   * The TCP port of the server, from 1150 to 65535.
   * @default 3306
   */
  readonly port?: number;

  /**
   * Further settings for the parameter group, by the names of RDS; of two equal ones these win. `require_secure_transport` throws, see `requireTls`.
   * @default - utf8mb4, and statements of more than two seconds in the slow query log
   */
  readonly parameters?: Record<string, string>;
}

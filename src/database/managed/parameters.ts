import { aws_rds as rds } from 'aws-cdk-lib';
import type { RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Statements that take longer, in seconds, are written to the slow query log. */
const SLOW_SECONDS = '2';

/** What goes into a parameter group. */
export interface ManagedParametersProps {
  readonly engine: rds.IEngine;
  readonly requireTls: boolean;
  readonly parameters: Record<string, string>;
  readonly removalPolicy: RemovalPolicy;
}

/** The parameter group of one server. */
export function instanceParameters(scope: Construct, props: ManagedParametersProps): rds.ParameterGroup {
  return parameterGroup(scope, props, { require_secure_transport: props.requireTls ? '1' : '0' });
}

/** The parameter group of an Aurora cluster, which takes words where a single server takes figures. */
export function clusterParameters(scope: Construct, props: ManagedParametersProps): rds.ParameterGroup {
  return parameterGroup(scope, props, { require_secure_transport: props.requireTls ? 'ON' : 'OFF' });
}

function parameterGroup(scope: Construct, props: ManagedParametersProps, transport: Record<string, string>): rds.ParameterGroup {
  return new rds.ParameterGroup(scope, 'Parameters', {
    engine: props.engine,
    description: 'TLS, utf8mb4 and the slow query log',
    parameters: {
      character_set_server: 'utf8mb4',
      // CloudWatch is fed from files; the default of some versions is a table.
      log_output: 'FILE',
      slow_query_log: '1',
      long_query_time: SLOW_SECONDS,
      ...transport,
      ...props.parameters,
    },
    removalPolicy: props.removalPolicy,
  });
}

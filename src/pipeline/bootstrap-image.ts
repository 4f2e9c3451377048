import { Aspects } from 'aws-cdk-lib';
import type { aws_ecs as ecs } from 'aws-cdk-lib';
import { warnLate } from '../private/warnings';

/**
 * What runs until the pipeline's first image is there: AWS's OpenTelemetry collector of ECR Public, asked for nothing but its health check.
 *
 * It takes its whole configuration from one environment variable, so it answers any path on any port, and the variable means nothing to
 * the application that takes its place. A command could not do that: the deploy action copies it to the first real image.
 * This version, because from 0.35 on the image runs as a user that cannot listen on port 80 on Fargate. Frozen: a parameter whose template
 * value changes is written over by CloudFormation, and the application would be gone.
 */
export const BOOTSTRAP_IMAGE = 'public.ecr.aws/aws-observability/aws-otel-collector:v0.33.1';

/** What it answers: a load balancer is content with it, and a person or a script can tell it from the application. */
const STAND_IN = 'cdk-ha-ecs stand-in: no image was deployed yet';

const CONFIGURATION = 'AOT_CONFIG_CONTENT';

/** Tells the bootstrap image where to answer, when the app is synthesized and all that is to know of the container is known. */
export function answerHealthChecks(container: ecs.ContainerDefinition, path: string): void {
  Aspects.of(container).add({
    visit: (node) => {
      const port = container.portMappings[0]?.containerPort;
      if (node !== container || port === undefined) return;
      container.addEnvironment(CONFIGURATION, JSON.stringify(configuration(port, path)));
      warnOfForeignCommands(container);
    },
  });
}

/** The image has one program in it, and no shell. */
function warnOfForeignCommands(container: ecs.ContainerDefinition): void {
  const { command, entryPoint, healthCheck } = container.renderContainerDefinition();
  const [foreign] = Object.entries({ command, entryPoint, healthCheck }).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (foreign === undefined) return;
  warnLate(container, 'PipelineImage.bootstrapCommand',
    `container ${container.containerName} has a ${foreign}, which ${BOOTSTRAP_IMAGE} cannot run: before the pipeline has deployed its first `
    + 'image the service '
    + `does not become stable; leave the ${foreign} to the image, or name a bootstrapImage that knows it`);
}

/** A collector needs one pipeline to start; this one listens to itself alone and writes to its own output. */
function configuration(port: number, path: string): object {
  return {
    extensions: { health_check: { endpoint: `0.0.0.0:${port}`, path, response_body: { healthy: STAND_IN } } },
    receivers: { otlp: { protocols: { http: { endpoint: '127.0.0.1:4318' } } } },
    exporters: { logging: {} },
    service: {
      extensions: ['health_check'],
      telemetry: { metrics: { level: 'none' } },
      pipelines: { metrics: { receivers: ['otlp'], exporters: ['logging'] } },
    },
  };
}

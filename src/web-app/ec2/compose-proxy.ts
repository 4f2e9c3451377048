import { isFloatingImage } from '../../private/aws/image-reference';
import { failAt, isKnown } from '../../private/errors';
import { requireOptions } from '../../private/input/require-input';
import { requireWhole } from '../../private/numbers';
import { requireOwnKind } from '../../private/sealed';

/** The compose service that `ComposeProxy.nginx` adds. */
export const PROXY_SERVICE = 'web-proxy';

/**
 * Settings of `ComposeProxy.nginx()`.
 */
export interface NginxProxyOptions {
  /**
   * The image, pinned to a version.
   *
   * @default 'public.ecr.aws/docker/library/nginx:1.28-alpine'
   */
  readonly image?: string;

  /**
   * The largest request body that is let through, in MiB: how much a visitor may upload at once.
   *
   * @default 20
   */
  readonly maxBodyMiB?: number;

  /**
   * The whole configuration, in place of ours: one or several `server` blocks, of which one listens on port 80 and answers the health check path.
   *
   * @default - hands every request to the application, with the visitor's address and protocol in its headers
   */
  readonly configuration?: string;
}

/** What the configuration is written for. */
export interface ProxiedService {
  readonly service: string;
  readonly port: string;
  readonly healthCheckPath: string;
}

/** A proxy that the construct runs itself. */
export interface OwnedProxy {
  readonly image: string;
  configuration(target: ProxiedService): string;
}

/**
 * What receives the load balancer's requests on an instance of a `HaEc2WebApp`.
 */
export class ComposeProxy {
  /**
   * NGINX, as a container beside those of the compose file.
   *
   * It hands requests to the application's service over the compose network, so that service publishes no port. TLS ends at the load balancer.
   *
   * Throws for an image without a version and for a body size that is not positive.
   *
   * @param options - image, limits, configuration.
   */
  public static nginx(options: NginxProxyOptions = {}): ComposeProxy {
    requireOptions('ComposeProxy.nginx', 'NginxProxyOptions', options);
    const { image = 'public.ecr.aws/docker/library/nginx:1.28-alpine', maxBodyMiB = 20 } = options;
    requireImage(image);
    requireWhole('ComposeProxy.nginx', { name: 'maxBodyMiB', value: maxBodyMiB, min: 1, fix: 'set it to the largest upload in MiB' });
    return new ComposeProxy({ owned: { image, configuration: (target) => options.configuration ?? nginxConfiguration(target, maxBodyMiB) } });
  }

  /**
   * Nothing is added: a service of the compose file publishes the port of the instance itself, whatever stands behind it.
   */
  public static own(): ComposeProxy {
    return new ComposeProxy({});
  }

  /** @internal */
  public readonly _owned?: OwnedProxy;

  private constructor(kind: { readonly owned?: OwnedProxy }) {
    requireOwnKind(kind, 'ComposeProxy', 'ComposeProxy.nginx() or ComposeProxy.own()');
    this._owned = kind.owned;
  }
}

/**
 * Only the load balancer can connect, so its word on the visitor's address counts, and of the addresses it sends the last is the one it saw itself.
 *
 * The name is looked up again every ten seconds: a container that was replaced has another address. Idle connections outlive those of the load balancer
 * (60 seconds), which otherwise answers 502 now and then.
 */
function nginxConfiguration({ service, port, healthCheckPath }: ProxiedService, maxBodyMiB: number): string {
  return `map $http_x_forwarded_proto $visitor_proto {
  default $http_x_forwarded_proto;
  '' $scheme;
}
map $http_upgrade $connection_kind {
  default upgrade;
  '' '';
}
server {
  listen 80 default_server;
  server_tokens off;
  client_max_body_size ${maxBodyMiB}m;
  keepalive_timeout 75s;
  set_real_ip_from 0.0.0.0/0;
  real_ip_header X-Forwarded-For;
  resolver 127.0.0.11 valid=10s ipv6=off;
  set $app http://${service}:${port};
  proxy_http_version 1.1;
  proxy_set_header Upgrade $http_upgrade;
  proxy_set_header Connection $connection_kind;
  proxy_set_header Host $http_host;
  proxy_set_header X-Real-IP $remote_addr;
  proxy_set_header X-Forwarded-For $remote_addr;
  proxy_set_header X-Forwarded-Proto $visitor_proto;
  location = ${healthCheckPath.replace(/\?.*$/, '')} {
    access_log off;
    proxy_connect_timeout 2s;
    proxy_read_timeout 4s;
    proxy_pass $app;
  }
  location / {
    proxy_pass $app;
  }
}`;
}

function requireImage(image: string): void {
  if (!isKnown(image) || (/^[^\s'"]+$/.test(image) && !isFloatingImage(image))) return;
  failAt('ComposeProxy.nginx', {
    got: `image is '${image}'`,
    allowed: 'an image with a version tag or a digest, never latest',
    fix: "write it like 'public.ecr.aws/docker/library/nginx:1.28-alpine'",
  });
}

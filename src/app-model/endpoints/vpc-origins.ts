import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { literalOf } from '../../template/text';
import { numberOf } from '../../template/values';

/** A door by which CloudFront comes into a VPC, to a load balancer or an instance. */
export interface VpcOrigin {
  readonly resource: Resource;
  /** Undefined where no template of the app defines it. */
  readonly endpoint?: Resource;
  /** Undefined where the viewer decides it, or it is not known. */
  readonly protocol?: 'HTTP' | 'HTTPS';
  /** The port of that protocol; undefined where it is not known. */
  readonly port?: number;
}

/** Every VPC origin of an app. */
export function readVpcOrigins(model: TemplateModel): VpcOrigin[] {
  return model.ofType('AWS::CloudFront::VpcOrigin').map((resource) => {
    const config = dig(resource.properties, 'VpcOriginEndpointConfig');
    const policy = literalOf(model.text(resource, dig(config, 'OriginProtocolPolicy') ?? ''));
    const protocol = policy === 'https-only' ? 'HTTPS' : policy === 'http-only' ? 'HTTP' : undefined;
    const stated = dig(config, protocol === 'HTTP' ? 'HTTPPort' : 'HTTPSPort');
    return {
      resource,
      endpoint: model.pointee(resource, dig(config, 'Arn')),
      protocol,
      port: protocol === undefined ? undefined : stated === undefined ? { HTTP: 80, HTTPS: 443 }[protocol] : numberOf(model, resource, stated),
    };
  });
}

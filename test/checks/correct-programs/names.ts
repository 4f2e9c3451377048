import { aws_ec2 as ec2, aws_ecs as ecs, aws_route53 as route53, aws_servicediscovery as discovery } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import type { StackProgram } from './program';
import { ec2Cluster, ec2Task, fargateService, fargateTask, mysql, network } from '../rules/plain';

type Connect = ecs.ServiceConnectService;

/** A front that asks a back at an address, whatever gives the back its name. */
function pair(stack: Stack, address: string, back: Partial<ecs.FargateServiceProps>, front: Partial<ecs.FargateServiceProps>, open: number) {
  const vpc = network(stack);
  if (stack.node.tryFindChild('Cluster') === undefined) new ecs.Cluster(stack, 'Cluster', { vpc, defaultCloudMapNamespace: { name: 'shop.local' } });
  const task = fargateTask(stack, { portMappings: [{ containerPort: 8080, name: 'http' }] }, {}, 'BackTask');
  const target = fargateService(stack, vpc, task, back, 'Back');
  const source = fargateService(stack, vpc, fargateTask(stack, { environment: { BACK_URL: address } }), front);
  target.connections.allowFrom(source, ec2.Port.tcp(open));
  return { vpc, target, source };
}

const connect = (service: Partial<Connect>, namespace = 'mesh'): Partial<ecs.FargateServiceProps> => ({
  serviceConnectConfiguration: { namespace, services: [{ portMappingName: 'http', ...service }] },
});

const CLIENT: Partial<ecs.FargateServiceProps> = { serviceConnectConfiguration: { namespace: 'mesh' } };

/** Names of Cloud Map, of Service Connect, and of Route 53. */
export const NAMES: Record<string, StackProgram> = {
  'a name of Cloud Map with a port': (stack) => { pair(stack, 'http://back.shop.local:8080/', { cloudMapOptions: { name: 'back' } }, {}, 8080); },
  'a name of Cloud Map without a port': (stack) => { pair(stack, 'back.shop.local', { cloudMapOptions: { name: 'back' } }, {}, 8080); },
  'an alias of Service Connect for another port': (stack) => { pair(stack, 'http://back:80', connect({ dnsName: 'back', port: 80 }), CLIENT, 8080); },
  'an alias of Service Connect without a port': (stack) => { pair(stack, 'http://back/', connect({ dnsName: 'back', port: 80 }), CLIENT, 8080); },
  'a proxy of Service Connect on a port of its own': (stack) => { pair(stack, 'http://back:80', connect({ dnsName: 'back', port: 80, ingressPortOverride: 15000 }), CLIENT, 15000); },
  'an alias of Service Connect that nobody chose': (stack) => { pair(stack, 'http://http.mesh:8080', connect({ port: 8080 }), CLIENT, 8080); },
  'a discovery name of Service Connect': (stack) => { pair(stack, 'http://api.mesh:8080', connect({ discoveryName: 'api', port: 8080 }), CLIENT, 8080); },
  'an alias that another namespace has too': (stack) => {
    const { vpc } = pair(stack, 'http://back:80', connect({ dnsName: 'back', port: 80 }), CLIENT, 8080);
    const task = fargateTask(stack, { portMappings: [{ containerPort: 9090, name: 'http' }] }, {}, 'OtherTask');
    fargateService(stack, vpc, task, connect({ dnsName: 'back', port: 80 }, 'other'), 'Other');
  },
  'Service Connect in the cluster\'s own namespace': (stack) => {
    const vpc = network(stack);
    new ecs.Cluster(stack, 'Cluster', { vpc, defaultCloudMapNamespace: { name: 'mesh', useForServiceConnect: true, type: discovery.NamespaceType.HTTP } });
    const task = fargateTask(stack, { portMappings: [{ containerPort: 8080, name: 'http' }] }, {}, 'BackTask');
    const back = fargateService(stack, vpc, task, { serviceConnectConfiguration: { services: [{ portMappingName: 'http', dnsName: 'back', port: 80 }] } }, 'Back');
    const front = fargateService(stack, vpc, fargateTask(stack, { environment: { BACK_URL: 'http://back' } }), { serviceConnectConfiguration: {} });
    back.connections.allowFrom(front, ec2.Port.tcp(8080));
  },
  'a bridge service in a record of addresses and ports': (stack) => {
    const { cluster, group, strategies } = ec2Cluster(stack, { max: 8 });
    const namespace = cluster.addDefaultCloudMapNamespace({ name: 'shop.local' });
    void namespace;
    const back = new ecs.Ec2Service(stack, 'Back', {
      cluster, taskDefinition: ec2Task(stack), desiredCount: 2, capacityProviderStrategies: strategies, cloudMapOptions: { name: 'back', dnsRecordType: discovery.DnsRecordType.SRV },
    });
    void back;
    group.connections.allowInternally(ec2.Port.tcpRange(32768, 60999));
  },
  'a name of a public namespace': (stack) => {
    const vpc = network(stack);
    const namespace = new discovery.PublicDnsNamespace(stack, 'Public', { name: 'shop.example.com' });
    const back = fargateService(stack, vpc, fargateTask(stack, {}, {}, 'BackTask'), { cloudMapOptions: { name: 'back', cloudMapNamespace: namespace } }, 'Back');
    back.connections.allowFrom(fargateService(stack, vpc, fargateTask(stack, { environment: { BACK_HOST: 'back.shop.example.com' } })), ec2.Port.tcp(80));
  },
  'a name of a namespace that another app made': (stack) => {
    const vpc = network(stack);
    const namespace = discovery.PrivateDnsNamespace.fromPrivateDnsNamespaceAttributes(stack, 'Shared', { namespaceId: 'ns-1', namespaceArn: 'arn:aws:servicediscovery:eu-west-1:123456789012:namespace/ns-1', namespaceName: 'corp.local' });
    fargateService(stack, vpc, fargateTask(stack, {}, {}, 'BackTask'), { cloudMapOptions: { name: 'back', cloudMapNamespace: namespace } }, 'Back');
    fargateService(stack, vpc, fargateTask(stack, { environment: { BACK_HOST: 'back.corp.local' } }));
  },
  'a name of Route 53 for a database': (stack) => {
    const vpc = network(stack);
    const database = mysql(stack, vpc);
    const zone = new route53.PrivateHostedZone(stack, 'Zone', { vpc, zoneName: 'corp.local' });
    new route53.CnameRecord(stack, 'Name', { zone, recordName: 'db', domainName: database.dbInstanceEndpointAddress });
    database.connections.allowDefaultPortFrom(fargateService(stack, vpc, fargateTask(stack, { environment: { DB_HOST: 'db.corp.local' } })));
  },
};

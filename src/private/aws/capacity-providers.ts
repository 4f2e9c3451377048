/** The capacity providers that every cluster may use without making them. */
const FARGATE_PROVIDERS = ['FARGATE', 'FARGATE_SPOT'];

/** Where tasks run: on capacity of AWS, on instances of Auto Scaling groups, or on instances that ECS chooses and replaces. */
export type CapacityKind = 'fargate' | 'ec2' | 'managed-instances';

/** True for the name of a capacity provider without instances. */
export function isFargateProvider(name: string): boolean {
  return FARGATE_PROVIDERS.includes(name);
}

/** Where tasks of a launch type run; Managed Instances have a launch type of their own, and their tasks reach images by the instance. */
export function capacityOfLaunchType(launchType: string | undefined): CapacityKind | undefined {
  switch (launchType) {
    case 'FARGATE': return 'fargate';
    case 'EC2': return 'ec2';
    case 'MANAGED_INSTANCES': return 'managed-instances';
    default: return undefined;
  }
}

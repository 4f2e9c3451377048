/**
 * What each example is synthesized with, as `-c name=value` would say it. Switches that decide what is built are tried in every
 * combination, mere names one by one. Each line is tried without feature flags and with all recommended ones.
 */
export const CONTEXTS: Record<string, string[]> = {
  'bookstore': [
    ...combinations(['', 'removalPolicy=snapshot', 'removalPolicy=destroy']),
    'domainName=shop.example.net', 'certificateId=11111111-2222-3333-4444-555555555555', 'imageTag=second', 'region=eu-central-1',
    'application=../../applications/bookstore',
  ],
  'ecs-autoscaling': [
    ...combinations(['', 'capacity=ec2'], ['', 'httpOnly=first-look'], ['', 'removalPolicy=snapshot', 'removalPolicy=destroy']),
    'zoneName=example.net', 'hostedZoneId=Z1111111OTHER', 'imageTag=second', 'region=us-east-1',
  ],
  'ecs-lab': [
    ...combinations(['', 'removalPolicy=snapshot', 'removalPolicy=destroy']),
    'connection=11111111-2222-3333-4444-555555555555',
    'connection=arn:aws:codeconnections:us-east-1:111111111111:connection/11111111-2222-3333-4444-555555555555',
    'sources=team/shop', 'zoneName=lab.example.net', 'hostedZoneId=Z1111111OTHER',
    // CloudFront, which takes certificates of no other region, is in the lab.
    'region=us-east-1',
  ],
  'flask-shared-files': [
    ...combinations(['', 'form=ecs'], ['', 'removalPolicy=snapshot', 'removalPolicy=destroy']),
    'zoneName=example.net', 'hostedZoneId=Z1111111OTHER', 'imageTag=second', 'region=eu-west-1',
    'application=../../applications/flask-shared-files',
  ],
  'wordpress': [
    ...combinations(
      ['', 'form=same-task'],
      ['', 'capacity=ec2', 'capacity=ec2 networkMode=bridge'],
      ['', 'architecture=arm64'],
      ['', 'removalPolicy=snapshot', 'removalPolicy=destroy'],
    ),
    'zoneName=example.net', 'hostedZoneId=Z1111111OTHER', 'imageTag=second', 'region=us-east-1',
  ],
};

/** `form=ecs removalPolicy=destroy` as the context of an app. */
export function contextOf(line: string): Record<string, string> {
  return Object.fromEntries(line.split(' ').filter(Boolean).map((word) => word.split(/=(.*)/)));
}

/** One value of each switch, in every combination; an empty one leaves the switch to its default. */
function combinations(...switches: string[][]): string[] {
  return switches.reduce((lines, values) => lines.flatMap((line) => values.map((value) => `${line} ${value}`.trim())), ['']);
}

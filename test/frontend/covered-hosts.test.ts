import { Duration, Lazy, aws_certificatemanager as acm, aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { FakeTarget, certificateIn, frontendIn, network, zoneIn } from './helpers';
import { FrontendAccess } from '../../src/frontend/frontend-access';
import { FrontendDomain } from '../../src/frontend/frontend-domain';
import type { SecureAlbFrontend } from '../../src/frontend/secure-alb-frontend';
import type { SecureAlbFrontendProps } from '../../src/frontend/secure-alb-frontend-props';
import { testStack } from '../fixtures';

type Domain = (stack: Stack) => FrontendDomain;

const certificateFor = (stack: Stack, ...[domainName, ...subjectAlternativeNames]: string[]) => (
  new acm.Certificate(stack, 'Certificate', { domainName, subjectAlternativeNames, validation: acm.CertificateValidation.fromDns() }));

/** Names under which the domain has a certificate of this app. */
const issued = (...alternativeNames: string[]): Domain => (stack) => FrontendDomain.hostedZone(zoneIn(stack), 'app', { alternativeNames });
const given = (...names: string[]): Domain => (stack) => FrontendDomain.hostedZone(zoneIn(stack), 'app', { certificate: certificateFor(stack, ...names) });
const external = (...names: string[]): Domain => (stack) => FrontendDomain.external('app.example.com', certificateFor(stack, ...names));

type Change = (frontend: SecureAlbFrontend, stack: Stack) => void;

function warnings(
  hostHeaders: string[] | undefined, domain: Domain, change: Change = () => {}, props: Partial<SecureAlbFrontendProps> = {},
): string[] {
  const stack = testStack();
  const vpc = network(stack);
  const frontend = frontendIn(stack, { vpc, domain: domain(stack), ...props });
  frontend.addTarget(stack, 'Shop', { vpc, port: 80, targets: [new FakeTarget(stack, vpc)], hostHeaders });
  change(frontend, stack);
  return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('SecureAlbFrontend.uncoveredHost')).map(({ entry }) => String(entry.data));
}

describe('a host that no name of the certificate covers', () => {
  test.each<[string, Domain, string]>([
    ['another name in the zone', issued(), 'admin.example.com'],
    ['a name of another zone', issued('admin'), 'app.example.org'],
    ['two labels in place of the one that a wildcard stands for', given('app.example.com', '*.example.com'), 'a.b.example.com'],
    ['the name of the zone below its wildcard', given('*.example.com'), 'example.com'],
    ['a pattern that means no covered name', issued(), '*.shop.example.com'],
    ['another name than that of an external domain', external('app.example.com'), 'www.example.com'],
  ])('is warned of: %s', (_case, domain, host) => {
    expect(warnings([host], domain)).toEqual([expect.stringContaining(`hostHeaders has ${host}, which no name of the certificate covers`)]);
  });

  test('is named together with the names that are covered, and with what to do', () => {
    expect(warnings(['app.example.com', 'Admin.example.com'], issued('www'))[0])
      .toMatch(/^hostHeaders has Admin\.example\.com, which .*\(app\.example\.com, www\.example\.com; .*Add it to alternativeNames of FrontendDomain\.hostedZone\(\)/);
  });
});

test.each<[string, Domain, string[] | undefined]>([
  ['the name of the domain, in other letters', issued(), ['App.Example.com']],
  ['an alternative name', issued('admin'), ['admin.example.com']],
  ['one label under a wildcard', given('app.example.com', '*.example.com'), ['admin.example.com']],
  ['a pattern that means the name', issued(), ['*.example.com']],
  ['a pattern under a wildcard', given('app.example.com', '*.example.com'), ['a?min*.example.com']],
  ['any host', issued(), []],
  ['no host of its own', issued(), undefined],
  ['a host that is known at deployment only', issued(), [Lazy.string({ produce: () => 'other.example.org' })]],
  ['a certificate whose names are known to AWS alone', (stack) => FrontendDomain.hostedZone(zoneIn(stack), 'app', { certificate: certificateIn(stack) }), ['other.example.org']],
  ['a certificate for a name that is known at deployment only', external(Lazy.string({ produce: () => 'app.example.com' })), ['app.example.com']],
  ['plain HTTP', () => FrontendDomain.httpOnly('a test'), ['other.example.org']],
])('%s gives no warning', (_case, domain, hosts) => {
  const produced = warnings(hosts, domain);
  expect(produced).toEqual([]);
});

test('a certificate that was added to the listener is taken to cover the rest', () => {
  expect(warnings(['other.example.org'], issued(), (frontend, stack) => {
    (frontend.listener as elbv2.ApplicationListener).addCertificates('More', [certificateIn(stack)]);
  })).toEqual([]);
});

test('the names of a distribution in front are covered by its own certificate', () => {
  expect(warnings(['shop.example.org'], issued(), () => {}, { access: FrontendAccess.cloudFront({ prefixListId: 'pl-0a1b2c3d', viewerDomainNames: ['shop.example.org'] }) })).toEqual([]);
});

test('a domain with a certificate for other names is warned of', () => {
  expect(warnings(undefined, given('other.example.com'))).toEqual([expect.stringMatching(/^domain has app\.example\.com, which no name of the certificate covers \(other\.example\.com;/)]);
});

test('an alternative name that the given certificate lacks is warned of', () => {
  const domain: Domain = (stack) => FrontendDomain.hostedZone(zoneIn(stack), 'app', { certificate: certificateFor(stack, 'app.example.com'), alternativeNames: ['www'] });
  expect(warnings(undefined, domain)).toEqual([expect.stringContaining('domain has www.example.com')]);
});

describe('without TLS', () => {
  const plain = (props: Partial<SecureAlbFrontendProps>) => () => frontendIn(testStack(), { domain: FrontendDomain.httpOnly('a test'), ...props });

  test('sslPolicy is refused, for nothing would follow it', () => {
    expect(plain({ sslPolicy: elbv2.SslPolicy.TLS13_12_RES_PQ })).toThrow(/Test\/Frontend: sslPolicy is set, and domain is FrontendDomain\.httpOnly\(\), .*: leave sslPolicy out/);
  });

  test('a lifetime of HSTS is refused', () => {
    expect(plain({ strictTransportSecurity: Duration.days(1) })).toThrow(/strictTransportSecurity is set.*leave strictTransportSecurity out/);
  });

  test('no HSTS at all is what it has anyway', () => {
    expect(plain({ strictTransportSecurity: Duration.seconds(0) })).not.toThrow();
  });
});

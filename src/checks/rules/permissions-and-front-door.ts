import { accessLogBucket } from './access-log-bucket';
import { adminPortOpen } from './admin-port-open';
import { apiNeverAnswers } from './api-never-answers';
import { bucketOriginDenied } from './bucket-origin-denied';
import { certificateNameMismatch } from './certificate-name-mismatch';
import { certificateWaits } from './certificate-waits';
import { connectedNameUnknown } from './connected-name-unknown';
import { connectedServiceOrder } from './connected-service-order';
import { containersLargerThanTask } from './containers-larger-than-task';
import { dataOnInstance } from './data-on-instance';
import { deploymentCannotProceed } from './deployment-cannot-proceed';
import { distributionNameUnknown } from './distribution-name-unknown';
import { distributionOriginUnreachable } from './distribution-origin-unreachable';
import { distributionPlainHttp } from './distribution-plain-http';
import { endpointNotUsable } from './endpoint-not-usable';
import { eventPatternUnmatched } from './event-pattern-unmatched';
import { eventTargetRights } from './event-target-rights';
import { executeCommandRights } from './execute-command-rights';
import { executionRoleMissing } from './execution-role-missing';
import { executionRoleRights } from './execution-role-rights';
import { failoverWithoutHealth } from './failover-without-health';
import { fileSystemAccessDenied } from './file-system-access-denied';
import { groupHealthCheck } from './group-health-check';
import { healthCheckCannotPass } from './health-check-cannot-pass';
import { healthCheckTooEarly } from './health-check-too-early';
import { httpBesideHttps } from './http-beside-https';
import { httpsWithoutCertificate } from './https-without-certificate';
import { instanceRoleRights } from './instance-role-rights';
import { instancesJoinElsewhere } from './instances-join-elsewhere';
import { integrationUnreachable } from './integration-unreachable';
import { launchHookUnanswered } from './launch-hook-unanswered';
import { launchTypeIncompatible } from './launch-type-incompatible';
import { listenerRuleShadowed } from './listener-rule-shadowed';
import { listenerUnreachable } from './listener-unreachable';
import { listeningPortMismatch } from './listening-port-mismatch';
import { logGroupMissing } from './log-group-missing';
import { loginByIam } from './login-by-iam';
import { namedResourceRights } from './named-resource-rights';
import { namedServiceUnreachable } from './named-service-unreachable';
import { noticeRefused } from './notice-refused';
import { openToEveryone } from './open-to-everyone';
import { originHeaderMismatch } from './origin-header-mismatch';
import { placementAttributeUnset } from './placement-attribute-unset';
import { placementConstraintUnmet } from './placement-constraint-unmet';
import { privateLinkClosed } from './private-link-closed';
import { privateNameMissing } from './private-name-missing';
import { providerNotAssociated } from './provider-not-associated';
import { publicSubnetWithoutAddress } from './public-subnet-without-address';
import { recordTypeMismatch } from './record-type-mismatch';
import { redirectLoop } from './redirect-loop';
import { requestsCutOff } from './requests-cut-off';
import { roleNotAssumable } from './role-not-assumable';
import { routeOneWay } from './route-one-way';
import { routesDifferByZone } from './routes-differ-by-zone';
import type { Rule } from './rule';
import { scalingCannotAct } from './scaling-cannot-act';
import { scalingWithoutPolicy } from './scaling-without-policy';
import { scheduledTaskCannotStart } from './scheduled-task-cannot-start';
import { scheduledTaskRights } from './scheduled-task-rights';
import { senderNotLetIn } from './sender-not-let-in';
import { senderWithoutKey } from './sender-without-key';
import { serviceBeforeListener } from './service-before-listener';
import { serviceRoleRights } from './service-role-rights';
import { sidecarRights } from './sidecar-rights';
import { spotOnly } from './spot-only';
import { staleAddress } from './stale-address';
import { targetGroupOtherVpc } from './target-group-other-vpc';
import { targetGroupUnused } from './target-group-unused';
import { tasksPackedTogether } from './tasks-packed-together';
import { tooFewHosts } from './too-few-hosts';
import { vpcOriginUnreachable } from './vpc-origin-unreachable';
import { webAclUnused } from './web-acl-unused';

/** Who may do what, and how requests come in and names are found. */
export const PERMISSIONS_AND_FRONT_DOOR: readonly Rule[] = [
  roleNotAssumable,
  executionRoleRights,
  executionRoleMissing,
  executeCommandRights,
  fileSystemAccessDenied,
  instanceRoleRights,
  senderNotLetIn,
  senderWithoutKey,
  noticeRefused,
  scheduledTaskRights,
  accessLogBucket,
  endpointNotUsable,
  namedResourceRights,
  eventTargetRights,
  eventPatternUnmatched,
  sidecarRights,
  loginByIam,
  openToEveryone,

  listenerUnreachable,
  integrationUnreachable,
  listenerRuleShadowed,
  httpBesideHttps,
  httpsWithoutCertificate,
  targetGroupUnused,
  targetGroupOtherVpc,
  serviceBeforeListener,
  healthCheckCannotPass,
  healthCheckTooEarly,
  distributionOriginUnreachable,
  distributionPlainHttp,
  vpcOriginUnreachable,
  webAclUnused,
  certificateWaits,
  privateNameMissing,
  recordTypeMismatch,
  logGroupMissing,
  certificateNameMismatch,
  redirectLoop,
  listeningPortMismatch,
  connectedNameUnknown,
  connectedServiceOrder,
  routeOneWay,
  routesDifferByZone,
  namedServiceUnreachable,
  adminPortOpen,
  bucketOriginDenied,
  distributionNameUnknown,
  failoverWithoutHealth,

  providerNotAssociated,
  instancesJoinElsewhere,
  tooFewHosts,
  deploymentCannotProceed,
  placementConstraintUnmet,
  containersLargerThanTask,
  launchTypeIncompatible,
  spotOnly,
  groupHealthCheck,
  scalingWithoutPolicy,
  placementAttributeUnset,
  tasksPackedTogether,
  scalingCannotAct,
  dataOnInstance,
  scheduledTaskCannotStart,
  apiNeverAnswers,
  launchHookUnanswered,
  originHeaderMismatch,
  publicSubnetWithoutAddress,
  serviceRoleRights,
  staleAddress,
  requestsCutOff,
  privateLinkClosed,
];

process.env.CDK_VALIDATION = 'false';
// Where each resource was made is a stack trace each time, a sixth of a run's work, that no test reads.
process.env.CDK_CONTEXT_JSON = JSON.stringify({ 'aws:cdk:disable-creation-stack-traces': true });

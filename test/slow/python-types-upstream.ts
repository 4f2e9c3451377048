/** What a type checker says of our Python programs that no change of ours can end, each with its cause in the CDK. */
export interface UpstreamFinding {
  readonly says: string;
  readonly times: number;
  readonly because: string;
}

const secret = (file: string, times: number): UpstreamFinding => ({
  says: `pyright ${file}: Argument of type "Secret" cannot be assigned to parameter "secret" of type "ISecret" in function "from_secrets_manager"`,
  times,
  because: 'ISecret calls the parameter of secretValueFromJson `key`, and Secret calls it `jsonField`: to pyright an argument by name would miss it.',
});

export const UPSTREAM: UpstreamFinding[] = [
  secret('bookstore/upload_key.py', 1),
  secret('flask-shared-files/upload_key.py', 1),
  secret('wordpress/same_task.py', 4),
  secret('wordpress/wordpress.py', 1),
  {
    says: 'pyright ecs-lab/content_delivery.py: Argument of type "CloudFrontTarget" cannot be assigned to parameter "alias_target" of type '
      + '"IAliasRecordTarget" in function "from_alias"',
    times: 1,
    because: 'IAliasRecordTarget calls the parameters of bind `record` and `zone`, and CloudFrontTarget calls them `_record` and `_zone`.',
  },
  {
    says: 'pyright ecs-lab/delivery.py: Argument of type "Pipeline" cannot be assigned to parameter "pipeline" of type "IPipeline" in function '
      + '"watch_pipeline"',
    times: 1,
    because: 'IPipeline calls the parameter of bindAsNotificationRuleSource `scope`, and Pipeline calls it `_scope`.',
  },
];

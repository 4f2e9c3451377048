/** What a type checker says of our Python programs that no change of ours can end, each with its cause in the CDK. */
export interface UpstreamFinding {
  readonly says: string;
  readonly times: number;
  readonly because: string;
}

export const UPSTREAM: UpstreamFinding[] = [
];

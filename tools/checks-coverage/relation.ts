/** One way in which a resource can fail, and who finds it. */
export interface Relation {
  readonly type: string;
  /** The relation or property, and how it fails. */
  readonly fault: string;
  /** Ids of rules; or why there is none. */
  readonly by: readonly string[] | 'refused at once' | 'not decidable' | 'not covered';
  /** A word why, where no rule finds it. */
  readonly why?: string;
}

export function ruled(type: string, fault: string, ...by: string[]): Relation {
  return { type, fault, by };
}

/** AWS says so itself, with a message, before anything runs: the validators of CloudFormation are for that. */
export function refused(type: string, fault: string): Relation {
  return { type, fault, by: 'refused at once' };
}

/** Templates do not hold it. */
export function undecidable(type: string, fault: string, why: string): Relation {
  return { type, fault, by: 'not decidable', why };
}

export function open(type: string, fault: string, why: string): Relation {
  return { type, fault, by: 'not covered', why };
}

import type { Judgement, Verdict } from './judging/judgement';
import { PathVerdict } from './path-answer';
import type { PathAnswer } from './path-answer';

/** The verdict as the public enum. */
export function toVerdict(verdict: Verdict): PathVerdict {
  return { reachable: PathVerdict.REACHABLE, blocked: PathVerdict.BLOCKED, unknown: PathVerdict.UNKNOWN }[verdict];
}

/** The judgement as users see it. */
export function answerOf(source: string, target: string, port: number, judgement: Judgement): PathAnswer {
  const { verdict, steps, missing, reasons } = judgement;
  return {
    source,
    target,
    port,
    verdict: toVerdict(verdict),
    allowed: verdict === 'reachable',
    links: steps.map(({ path, text }) => ({ path, text })),
    missing: missing === undefined ? undefined : { path: missing.path, text: missing.text },
    reasons: [...reasons],
    explanation: explain(source, target, port, judgement),
  };
}

/** The judgement in one sentence. */
export function explain(source: string, target: string, port: number | string, judgement: Judgement): string {
  const subject = `${source} -> ${target} on TCP ${port}`;
  switch (judgement.verdict) {
    case 'reachable':
      return `${subject} is reachable: ${judgement.steps.map(({ path, text }) => `${path} ${text}`).join('; ')}`;
    case 'blocked':
      return `${subject} is blocked: ${judgement.missing!.text}`;
    default:
      return `${subject} cannot be judged: ${judgement.reasons.join('; ')}`;
  }
}

// Formats an answer as the line that `verify` prints. Most evidence is shared by all addresses of a group, a session or a domain, so its
// JSON is built once and reused: serializing it for each line took half as much CPU again.
import type { EngineAnswer } from '@/lib/verdict/answer';
import type { Evidence } from '@/lib/verdict/evidence';
import { explainGrade } from '@/lib/verdict/grade';
import { gradeByName } from '@/lib/verdict/name-shape';

/** One JSON object. The input is repeated unchanged, so that lines can be joined on it. */
export function lineOf(input: string, answer: EngineAnswer): string {
  const { email, verdict, mx, evidence, durationMs } = answer;
  const { status, reason, score, flags } = verdict;
  const { grade, basis } = gradeOf(answer);
  const before = JSON.stringify({ input, email, status, reason, score, grade, grade_basis: basis, flags, mx });
  return `${before.slice(0, -1)},"evidence":[${evidence.map(written).join()}],"duration_ms":${String(durationMs)}}`;
}

const known = new WeakMap<Evidence, string>();

function written(item: Evidence): string {
  if (item.stage === 'rcpt' && !item.remembered) return JSON.stringify(item);
  const kept = known.get(item);
  if (kept !== undefined) return kept;
  const json = JSON.stringify(item);
  known.set(item, json);
  return json;
}

/** Grades by the name alone: there is no workspace here with a history to learn from. */
function gradeOf({ email, verdict: { reason, flags } }: EngineAnswer) {
  const graded = reason === 'catch_all' ? gradeByName({ email, isRole: flags.role === true }) : null;
  return { grade: graded?.grade ?? null, basis: explainGrade(graded?.basis ?? 0) };
}

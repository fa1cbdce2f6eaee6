// An answer as one line of JSON. Most of it is evidence, and most evidence belongs to all addresses of a domain or a session: what is shared
// is written once. Written for each, it took a tenth of a whole list.
import type { EngineAnswer } from '@/lib/verdict/answer';
import type { Evidence } from '@/lib/verdict/evidence';

const written = new WeakMap<Evidence, string>();

/** What a host said of one recipient is nobody else's; keeping it would only cost. */
const isOwn = ({ layer, stage }: Evidence): boolean => layer === 'smtp' && stage === 'rcpt';

function jsonOf(item: Evidence): string {
  if (isOwn(item)) return JSON.stringify(item);
  const known = written.get(item);
  if (known !== undefined) return known;
  const json = JSON.stringify(item);
  written.set(item, json);
  return json;
}

/** `input`: exactly as it came, to join on. */
export function answerLine(input: string, { email, verdict, mx, evidence, durationMs }: EngineAnswer): string {
  const { status, reason, score, flags } = verdict;
  const head = JSON.stringify({ input, email, status, reason, score, flags, mx });
  return `${head.slice(0, -1)},"evidence":[${evidence.map(jsonOf).join(',')}],"duration_ms":${String(durationMs)}}`;
}

// Remembers DNS answers for as long as they are valid, and lets identical questions at the same time share one answer. Guarantees: a
// bounded size (the least recently used go first); every answer says when it was learned; a temporary failure is never remembered, so that
// the next caller asks again.
import type { DnsAnswer, Learned, Soon } from '@/worker/engine/ports';
import { RecentMap } from '@/worker/engine/bounded-maps';

export interface DatedAnswer<T> {
  answer: DnsAnswer<T>;
  /** How long the records are valid, by their own TTL; not used for negative answers. */
  ttlMs: number;
}

export interface CacheLimits {
  maxEntries: number;
  maxPositiveMs: number;
  negativeMs: number;
  /** Epoch ms */
  now: () => number;
}

/** Answers `question` at once from the cache, from a question under way, or by asking. */
export type AnswerCache<T> = (question: string, ask: () => Promise<DatedAnswer<T>>) => Soon<DnsAnswer<T>>;

/** Field by field, because tens of thousands are kept, and a copy with one more field is half as large again. */
const datedOn = <T>(answer: DnsAnswer<T>, learned: Learned): DnsAnswer<T> =>
  answer.kind === 'found' ? { kind: 'found', records: answer.records, learned } : { ...answer, learned };

export function createAnswerCache<T>(limits: CacheLimits): AnswerCache<T> {
  const after = { ms: Math.max(limits.maxPositiveMs, limits.negativeMs), now: limits.now };
  const remembered = new RecentMap<string, { answer: DnsAnswer<T>; until: number }>(limits.maxEntries, { after });
  const underWay = new Map<string, Promise<DnsAnswer<T>>>();

  const recall = (question: string): DnsAnswer<T> | null => {
    const entry = remembered.get(question);
    return entry === undefined || entry.until <= limits.now() ? null : entry.answer;
  };

  const remember = (question: string, { answer, ttlMs }: DatedAnswer<T>): void => {
    if (answer.kind === 'temporary') return;
    const keepMs = answer.kind === 'found' ? Math.min(ttlMs, limits.maxPositiveMs) : limits.negativeMs;
    if (keepMs <= 0) return;
    remembered.set(question, { answer, until: limits.now() + keepMs });
  };

  const askOnce = async (question: string, ask: () => Promise<DatedAnswer<T>>): Promise<DnsAnswer<T>> => {
    try {
      const at = limits.now();
      const { answer, ttlMs } = await ask();
      const dated = datedOn(answer, { at, durationMs: limits.now() - at });
      remember(question, { answer: dated, ttlMs });
      return dated;
    } finally {
      underWay.delete(question);
    }
  };

  return (question, ask) => {
    const known = recall(question);
    if (known !== null) return known;
    const shared = underWay.get(question);
    if (shared !== undefined) return shared;
    const asked = askOnce(question, ask);
    underWay.set(question, asked);
    return asked;
  };
}

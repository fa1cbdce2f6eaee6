// Remembers DNS answers for as long as they hold, and lets everyone who asks the same question at the same time share one.
// Promises a bounded size (the least recently used answer goes first) and that a temporary failure is never remembered: the
// next caller asks afresh.
import type { DnsAnswer } from '@/worker/engine/ports';

export interface DatedAnswer<T> {
  answer: DnsAnswer<T>;
  /** How long the records hold, by their own TTL; not used for negative answers. */
  ttlMs: number;
}

export interface CacheLimits {
  maxEntries: number;
  maxPositiveMs: number;
  negativeMs: number;
  now: () => number;
}

/** Answers `question` from memory, from a question under way, or by asking. */
export type AnswerCache<T> = (question: string, ask: () => Promise<DatedAnswer<T>>) => Promise<DnsAnswer<T>>;

export function createAnswerCache<T>(limits: CacheLimits): AnswerCache<T> {
  const remembered = new Map<string, { answer: DnsAnswer<T>; until: number }>();
  const underWay = new Map<string, Promise<DnsAnswer<T>>>();

  const recall = (question: string): DnsAnswer<T> | null => {
    const entry = remembered.get(question);
    if (entry === undefined) return null;
    remembered.delete(question);
    if (entry.until <= limits.now()) return null;
    // A Map keeps insertion order, so an answer just used moves to the end.
    remembered.set(question, entry);
    return entry.answer;
  };

  const remember = (question: string, { answer, ttlMs }: DatedAnswer<T>): void => {
    if (answer.kind === 'temporary') return;
    const keepMs = answer.kind === 'found' ? Math.min(ttlMs, limits.maxPositiveMs) : limits.negativeMs;
    if (keepMs <= 0) return;
    remembered.set(question, { answer, until: limits.now() + keepMs });
    const [oldest] = remembered.keys();
    if (remembered.size > limits.maxEntries && oldest !== undefined) remembered.delete(oldest);
  };

  const askOnce = async (question: string, ask: () => Promise<DatedAnswer<T>>): Promise<DnsAnswer<T>> => {
    try {
      const dated = await ask();
      remember(question, dated);
      return dated.answer;
    } finally {
      underWay.delete(question);
    }
  };

  return (question, ask) => {
    const known = recall(question);
    if (known !== null) return Promise.resolve(known);
    const shared = underWay.get(question);
    if (shared !== undefined) return shared;
    const asked = askOnce(question, ask);
    underWay.set(question, asked);
    return asked;
  };
}

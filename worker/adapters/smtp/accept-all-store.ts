// Where it is remembered whether a domain takes every name. The memory version forgets with the process and serves the command
// line and tests; a database version lives with the data. A store that fails costs a probe, never an answer.
import type { AcceptAllFact } from '@/lib/domain/mail-host';
import { BoundedMap } from './bounded-map';

export interface AcceptAllStore {
  /** The last fact found out, however old. */
  find(domain: string): Promise<AcceptAllFact | null>;
  remember(fact: AcceptAllFact): Promise<void>;
}

export function createMemoryAcceptAllStore(maxEntries = 100_000): AcceptAllStore {
  const facts = new BoundedMap<string, AcceptAllFact>(maxEntries);
  return {
    find: (domain) => Promise.resolve(facts.get(domain) ?? null),
    remember: (fact) => {
      facts.set(fact.domain, fact);
      return Promise.resolve();
    },
  };
}

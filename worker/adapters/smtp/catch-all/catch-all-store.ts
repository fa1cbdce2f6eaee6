// Where it is remembered whether a domain takes every name, and how often that was asked today. The memory version forgets with the
// process and serves the command line and tests; a database version lives with the data. A store that fails costs a probe, never an
// answer.
import type { CatchAllFact, CatchAllStore } from '@/lib/verdict/mail-host';
import { BoundedMap } from '../bounded-map';

export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

export function createMemoryCatchAllStore(maxEntries = 100_000): CatchAllStore {
  const facts = new BoundedMap<string, CatchAllFact>(maxEntries);
  const puts = new BoundedMap<string, number>(maxEntries);
  return {
    find: (domain) => Promise.resolve(facts.get(domain) ?? null),
    remember: (fact) => {
      facts.set(fact.domain, fact);
      return Promise.resolve();
    },
    claim: ({ domain, at, wanted, most }) => {
      const day = dayOf(at);
      const taken = puts.get(`${day} ${domain}`) ?? 0;
      const granted = Math.max(0, Math.min(wanted, most - taken));
      puts.set(`${day} ${domain}`, taken + granted);
      return Promise.resolve({ domain, day, granted });
    },
    release: ({ domain, day }, unused) => {
      puts.set(`${day} ${domain}`, Math.max(0, (puts.get(`${day} ${domain}`) ?? 0) - unused));
      return Promise.resolve();
    },
  };
}

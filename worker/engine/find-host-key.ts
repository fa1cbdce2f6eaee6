// Names who takes a domain's mail, for work on many domains: those of one host are asked over the same connections. One question, and
// an answer in time whatever the resolver does: the domain stands for itself where nothing is to be found.
import { getDomain } from 'tldts';
import type { Clock, DnsAnswer, DnsPort, MxRecord, Soon } from './ports';
import { recognizeProvider } from './providers/recognize-provider';
import { withinDeadline } from './within-deadline';

export function findHostKey(
  domain: string,
  deadline: number,
  { dns, clock }: { dns: DnsPort; clock: Clock },
): string | Promise<string> {
  const answer = withinDeadline(dns.mx(domain), deadline, clock);
  if (!(answer instanceof Promise)) return keyOf(domain, answer);
  return answer.then(
    (late) => keyOf(domain, late),
    () => domain,
  );
}

function keyOf(domain: string, answer: DnsAnswer<MxRecord> | null): string {
  if (answer?.kind !== 'found') return domain;
  const best = answer.records
    .filter(({ exchange }) => exchange !== '')
    .toSorted((a, b) => a.preference - b.preference || (a.exchange < b.exchange ? -1 : 1));
  const [first] = best;
  if (first === undefined) return domain;
  const provider = recognizeProvider({ mxHosts: best.map(({ exchange }) => exchange), greeting: null });
  return provider?.id ?? getDomain(first.exchange) ?? first.exchange;
}

/** All of its mail hosts have names in the zone of one provider that we know; false where that can't be found out. */
export function isAtProvider(domain: string, deadline: number, { dns, clock }: { dns: DnsPort; clock: Clock }): Soon<boolean> {
  const answer = withinDeadline(dns.mx(domain), deadline, clock);
  return answer instanceof Promise ? answer.then(isOneProvider, () => false) : isOneProvider(answer);
}

function isOneProvider(answer: DnsAnswer<MxRecord> | null): boolean {
  if (answer?.kind !== 'found') return false;
  const ids = new Set(
    answer.records.map(({ exchange }) => recognizeProvider({ mxHosts: [exchange], greeting: null })?.id ?? null),
  );
  return ids.size === 1 && !ids.has(null);
}

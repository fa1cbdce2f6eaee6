// Shares what the domain and MX layers found a moment ago, or are looking up now, with other addresses of the domain. A list has thousands
// of addresses at one domain, and each would look up and describe the same. Guarantees: no finding is older than a few seconds or comes
// from a resolver's failure; evidence keeps the dates of the original questions; the size is bounded. Each resolver has its own memory.
import { BULK_ADDRESSES_AT_ONCE } from '@/lib/platform/limits';
import { type Finding, type Layer, mailboxOf } from './findings';
import type { Clock, DnsPort } from './ports';
import { RecentMap } from './recent-map';

/** Well below the lifetime of the DNS answers, which have their own cache. */
const KEPT_MS = 15_000;
/** As many as can be under way at once: a domain's addresses come together, and a few seconds later none asks for it. */
const DOMAINS_MAX = BULK_ADDRESSES_AT_ONCE;

type DomainLayer = 'domain' | 'mx';
interface Kept<L extends DomainLayer> {
  /** A promise while the question is under way; other addresses may join it. */
  finding: Finding<L> | Promise<Finding<L>>;
  /** Epoch ms; deadline of the address that asked, which has an answer by then. */
  deadline: number;
  /** Epoch ms */
  until: number;
}
type DomainMemory = { readonly [L in DomainLayer]: RecentMap<string, Kept<L>> };

const memories = new WeakMap<DnsPort, DomainMemory>();

function memoryOf({ dns, clock }: { dns: DnsPort; clock: Clock }): DomainMemory {
  const known = memories.get(dns);
  if (known !== undefined) return known;
  const forgetting = { after: { ms: KEPT_MS, now: () => clock.now() } };
  const memory: DomainMemory = { domain: new RecentMap(DOMAINS_MAX, forgetting), mx: new RecentMap(DOMAINS_MAX, forgetting) };
  memories.set(dns, memory);
  return memory;
}

const isUseful = ({ report }: Finding): boolean => report.status !== 'unknown';

/** Wraps a layer so that it runs once for all addresses of a domain that come within a short time. */
export function shared<L extends DomainLayer>(name: L, layer: Layer<L>): Layer<L> {
  return (subject, soFar, ports) => {
    const { domain } = mailboxOf(soFar);
    const now = ports.clock.now();
    const memory: RecentMap<string, Kept<L>> = memoryOf(ports)[name];
    const known = memory.get(domain);
    if (known === undefined || now >= known.until) {
      const kept: Kept<L> = { finding: layer(subject, soFar, ports), deadline: subject.deadline, until: now + KEPT_MS };
      keep(memory, domain, kept);
      return kept.finding;
    }
    if (!(known.finding instanceof Promise)) return known.finding;
    // An address never waits beyond its own deadline.
    if (known.deadline > subject.deadline) return layer(subject, soFar, ports);
    // If it failed for the other address, whose time may have been shorter, ask again.
    return known.finding.then(
      (found) => (isUseful(found) ? found : layer(subject, soFar, ports)),
      () => layer(subject, soFar, ports),
    );
  };
}

function keep<L extends DomainLayer>(memory: RecentMap<string, Kept<L>>, domain: string, kept: Kept<L>): void {
  const { finding } = kept;
  const settle = (found: Finding<L> | null): void => {
    if (memory.get(domain) !== kept) return;
    if (found !== null && isUseful(found)) memory.set(domain, { ...kept, finding: found });
    else memory.delete(domain);
  };
  memory.set(domain, kept);
  if (finding instanceof Promise)
    void finding.then(settle, () => {
      settle(null);
    });
  else settle(finding);
}

// What the layers of a domain found a moment ago, or are finding, for the other addresses of it: a list has thousands at one domain, and
// each would look up, recognize and describe the same. Promises nothing older than a few seconds, nothing where a resolver failed us, the
// evidence with the dates of the questions that were asked, and a bounded size. Each resolver has a memory of its own.
import { BULK_ADDRESSES_AT_ONCE } from '@/lib/platform/limits';
import { type Finding, type Layer, mailboxOf } from './findings';
import type { Clock, DnsPort } from './ports';
import { RecentMap } from './recent-map';

/** Well below the life of the DNS answers themselves, which are remembered on their own. */
const KEPT_MS = 15_000;
/** As many as can be under way at once: the addresses of one come together, and a few seconds later nobody asks for it. */
const DOMAINS_MAX = BULK_ADDRESSES_AT_ONCE;

type DomainLayer = 'domain' | 'mx';
interface Kept<L extends DomainLayer> {
  /** A promise while the question is under way, which others may join. */
  finding: Finding<L> | Promise<Finding<L>>;
  /** Epoch ms: of the one that asked, who has an answer by then. */
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

/** The layer, asked once for the addresses of a domain that come within a short time. */
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
    // Nobody waits for longer than its own time.
    if (known.deadline > subject.deadline) return layer(subject, soFar, ports);
    // What failed another, whose time may have been shorter, is asked again.
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

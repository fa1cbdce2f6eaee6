// What the layers of a domain found a moment ago, or are finding, for the other addresses of it: a list has thousands at one domain, and
// each would look up, recognize and describe the same. Promises nothing older than a few seconds, nothing where a resolver failed us, the
// evidence with the dates of the questions that were asked, and a bounded size. Each resolver has a memory of its own.
import { BULK_ADDRESSES_AT_ONCE } from '@/lib/platform/limits';
import type { Finding, Layer } from './findings';
import { mailboxOf } from './make-finding';
import type { Clock, DnsPort } from './ports';
import { RecentMap } from './recent-map';

/** Well below the life of the DNS answers themselves, which are remembered on their own. */
const KEPT_MS = 15_000;
/** As many as can be under way at once: the addresses of one come together, and a few seconds later nobody asks for it. */
const DOMAINS_MAX = BULK_ADDRESSES_AT_ONCE;

type DomainLayer = 'domain' | 'mx';
interface Kept<L extends DomainLayer> {
  /** A promise while others of the domain can join its question. */
  finding: Finding<L> | Promise<Finding<L>>;
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
    if (known === undefined || now >= known.until) return keep(memory, domain, layer(subject, soFar, ports), now + KEPT_MS);
    if (!(known.finding instanceof Promise)) return known.finding;
    // What failed another, whose time may have been shorter, is asked again.
    const own = (): ReturnType<Layer<L>> => layer(subject, soFar, ports);
    return known.finding.then((found) => (isUseful(found) ? found : own()), own);
  };
}

function keep<L extends DomainLayer>(
  memory: RecentMap<string, Kept<L>>,
  domain: string,
  finding: Finding<L> | Promise<Finding<L>>,
  until: number,
): Finding<L> | Promise<Finding<L>> {
  const kept = { finding, until };
  memory.set(domain, kept);
  const settle = (found: Finding<L> | null): void => {
    if (memory.get(domain) !== kept) return;
    if (found !== null && isUseful(found)) memory.set(domain, { finding: found, until });
    else memory.delete(domain);
  };
  if (finding instanceof Promise)
    void finding.then(settle, () => {
      settle(null);
    });
  else settle(finding);
  return finding;
}

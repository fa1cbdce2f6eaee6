// Distinguishes what a check asked from what it took from memory: DNS answers, findings about a domain, the day's catch-all fact, a
// refusal of us, the opening of a connection that is still up. One rule covers all: an exchange that ended before the check began was not
// made for it. Its evidence keeps its original time and is marked as remembered.
import { BULK_ADDRESSES_AT_ONCE } from '@/lib/platform/limits';
import { ASKS_NOBODY, type Evidence, type LayerReport, rememberedReport } from '@/lib/verdict/evidence';
import { type Finding, type Findings, type Layer, mailboxOf, timedFinding } from './findings';
import { isoOf } from './make-evidence';
import type { Clock, DnsPort } from './ports';
import { RecentMap } from './bounded-maps';

/** When a check began. */
export interface Beginning {
  /** Epoch ms */
  readonly ms: number;
  /** In the format of evidence, so that later items need no parsing; most of an address's evidence is later. */
  readonly iso: string;
}

export const beginningAt = (ms: number): Beginning => ({ ms, iso: isoOf(ms) });

interface Known {
  /** Epoch ms */
  endedAt: number;
  remembered: Evidence;
}

/** Thousands of addresses share the evidence about one domain. */
const known = new WeakMap<Evidence, Known>();

function knownOf(item: Evidence): Known {
  const kept = known.get(item);
  if (kept !== undefined) return kept;
  const made = { endedAt: Date.parse(item.at) + item.duration_ms, remembered: { ...item, remembered: true } };
  known.set(item, made);
  return made;
}

const isOlder = (item: Evidence, { ms, iso }: Beginning): boolean =>
  item.remembered || (item.at < iso && knownOf(item).endedAt < ms);

/** The item as a check that began then shows it. */
export function seenFrom({ ms, iso }: Beginning, item: Evidence): Evidence {
  if (item.remembered || item.at >= iso) return item;
  const { endedAt, remembered } = knownOf(item);
  return endedAt < ms ? remembered : item;
}

const reports = new WeakMap<LayerReport, LayerReport>();

/** A finding about a domain as every check shows it that began after its last exchange ended (epoch ms). */
interface Later {
  endedAt: number;
  finding: Finding;
}

/** Thousands of addresses share the findings about their domain, and looking at each item for each of them is expensive. */
const laterOf = new WeakMap<Finding, Later>();

/** The finding as a check that began then shows it; if all its evidence was remembered, its report says that nobody was asked. */
export function findingSeenFrom(beginning: Beginning, finding: Finding, findings: Findings): Finding {
  const { report, facts, evidence, endsWith } = finding;
  if (report.status === 'skipped' || ASKS_NOBODY.includes(report.name)) return finding;
  const isOfDomain = report.name === 'domain' || report.name === 'mx';
  const later = isOfDomain ? laterOf.get(finding) : undefined;
  if (later !== undefined && later.endedAt < beginning.ms) return later.finding;
  const checkedAt = rememberedAt(finding, findings, beginning);
  if (checkedAt === null) return finding;
  const seen = { report: reportOf(report, checkedAt), facts, evidence, endsWith };
  if (!isOfDomain) return seen;
  const items = evidence.map(knownOf);
  seen.evidence = items.map(({ remembered }) => remembered);
  laterOf.set(finding, { endedAt: Math.max(...items.map(({ endedAt }) => endedAt)), finding: seen });
  return seen;
}

function reportOf(report: LayerReport, checkedAt: string): LayerReport {
  const kept = reports.get(report);
  if (kept !== undefined) return kept;
  const made = rememberedReport(report, checkedAt);
  reports.set(report, made);
  return made;
}

/** The date of the last exchange that the layer rests on; null if any of them was made for this check, or if there is none. */
function rememberedAt({ report: { name }, evidence }: Finding, { smtp }: Findings, beginning: Beginning): string | null {
  // The probe's exchanges are listed with those about the mailbox.
  const before = name === 'catch_all' ? (smtp?.evidence ?? []) : [];
  let last: string | null = null;
  // The latest item is the most likely to be new.
  for (const items of [evidence, before]) {
    for (let at = items.length - 1; at >= 0; at -= 1) {
      const item = items[at];
      if (item?.layer !== name) continue;
      if (!isOlder(item, beginning)) return null;
      last ??= item.at;
    }
  }
  return last;
}

// Shares what the domain and MX layers found a moment ago, or are looking up now, with other addresses of the domain. A list has thousands
// of addresses at one domain, and each would look up and describe the same. Guarantees: no finding is older than `KEPT_MS` or comes
// from a resolver's failure; evidence keeps the dates of the original questions; the size is bounded. Each resolver has its own memory.

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
      const finding = timed(layer(subject, soFar, ports), now, ports.clock);
      const kept: Kept<L> = { finding, deadline: subject.deadline, until: now + KEPT_MS };
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

/** All addresses that wait for a lookup show how long it took. */
function timed<L extends DomainLayer>(finding: Kept<L>['finding'], since: number, clock: Clock): Kept<L>['finding'] {
  return finding instanceof Promise ? finding.then((found) => timedFinding(found, clock.now() - since)) : finding;
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

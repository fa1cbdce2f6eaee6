// Distinguishes what a check asked from what it took from memory: DNS answers, findings about a domain, the day's catch-all fact, a refusal
// of us, the opening of a connection that is still up. One rule covers all: an exchange that ended before the check began was not made for
// it. Its evidence keeps its original time and is marked as remembered.
import { ASKS_NOBODY, type Evidence, type LayerReport, rememberedReport } from '@/lib/verdict/evidence';
import type { Finding, Findings } from './findings';
import { isoOf } from './make-evidence';

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

/** The layer's report; if all its evidence was remembered, the report says that nobody was asked. */
export function reportSeenFrom(beginning: Beginning, finding: Finding, findings: Findings): LayerReport {
  const { report } = finding;
  if (report.status === 'skipped' || ASKS_NOBODY.includes(report.name)) return report;
  const checkedAt = rememberedAt(finding, findings, beginning);
  if (checkedAt === null) return report;
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

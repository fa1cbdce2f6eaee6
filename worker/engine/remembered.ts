// Tells what a check asked for from what it took from memory: DNS answers, findings about a domain, the catch-all fact of the day, a
// refusal of us, the opening of a connection that still stands. One rule for all of them: an exchange that was over before the check
// began was not made for it. Its evidence keeps the time at which it was made, and says that it was remembered.
import { ASKS_NOBODY, type Evidence, type LayerName, type LayerReport, rememberedReport } from '@/lib/verdict/evidence';
import type { Finding, Findings } from './findings';

interface Known {
  /** Epoch ms */
  endedAt: number;
  remembered: Evidence;
}

/** Thousands of addresses share what was learned of one domain. */
const known = new WeakMap<Evidence, Known>();

function knownOf(item: Evidence): Known {
  const kept = known.get(item);
  if (kept !== undefined) return kept;
  const made = { endedAt: Date.parse(item.at) + item.duration_ms, remembered: { ...item, remembered: true } };
  known.set(item, made);
  return made;
}

const isOlder = (item: Evidence, startedAt: number): boolean => item.remembered || knownOf(item).endedAt < startedAt;

/** The evidence as it looks from a check that began then. */
export const seenFrom = (startedAt: number, item: Evidence): Evidence =>
  !item.remembered && isOlder(item, startedAt) ? knownOf(item).remembered : item;

const reports = new WeakMap<LayerReport, LayerReport>();

/** What a layer says, with the word that nobody was asked for it where all that it rests on was remembered. */
export function reportSeenFrom(startedAt: number, { report }: Finding, findings: Findings): LayerReport {
  if (report.status === 'skipped' || ASKS_NOBODY.includes(report.name)) return report;
  const basis = basisOf(report.name, findings);
  const last = basis.at(-1);
  if (last === undefined || !basis.every((item) => isOlder(item, startedAt))) return report;
  const kept = reports.get(report);
  if (kept !== undefined) return kept;
  const made = rememberedReport(report, last.at);
  reports.set(report, made);
  return made;
}

/** The probe's exchanges come with those about the mailbox. */
function basisOf(name: LayerName, findings: Findings): readonly Evidence[] {
  const own = findings[name]?.evidence ?? [];
  if (name !== 'smtp' && name !== 'catch_all') return own;
  return [...(findings.smtp?.evidence ?? []), ...(findings.catch_all?.evidence ?? [])].filter((item) => item.layer === name);
}

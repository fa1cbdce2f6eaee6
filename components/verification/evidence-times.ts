// The times of an evidence timeline: how long nothing was under way before an exchange, and how long before the check something that was
// remembered had been learned. A remembered exchange has a time of its own, so it is never part of the time that passed here.
import type { Evidence, EvidenceStage } from '@/lib/verdict/evidence';

export interface TimedEvidence {
  item: Evidence;
  /** Null for what was remembered, and for the first. */
  waitedMs: number | null;
  /** The same was asked before in this check. */
  isAgain: boolean;
  /** It was said when a connection was opened on which this check then asked. */
  isOpening: boolean;
  /** Of what was remembered: how long before it was used; null where that is not known. */
  earlierMs: number | null;
}

const OPENING: readonly EvidenceStage[] = ['connect', 'helo', 'starttls', 'mail'];

/** `usedAt`: when the check began, for what nothing of the check itself followed. */
export function timesOf(evidence: readonly Evidence[], usedAt: string | null): TimedEvidence[] {
  let endedAt: number | null = null;
  const asked = new Set<string>();
  return evidence.map((item, index) => {
    const at = Date.parse(item.at);
    if (item.remembered) {
      const next = evidence.slice(index + 1).find(({ remembered }) => !remembered);
      const nextAt = next?.at ?? usedAt;
      const earlierMs = nextAt === null ? null : Date.parse(nextAt) - at;
      const isOpening = OPENING.includes(item.stage) && next?.host === item.host && next.address === item.address;
      return {
        item,
        waitedMs: null,
        isAgain: false,
        isOpening,
        earlierMs: earlierMs === null || earlierMs < 0 ? null : earlierMs,
      };
    }
    const question = `${item.layer} ${item.stage}`;
    const timed = {
      item,
      waitedMs: endedAt === null ? null : at - endedAt,
      isAgain: asked.has(question),
      isOpening: false,
      earlierMs: null,
    };
    endedAt = Math.max(endedAt ?? at, at + item.duration_ms);
    asked.add(question);
    return timed;
  });
}

// The times in an evidence timeline: how long nothing was happening before an exchange and, for remembered exchanges, how long before the
// check they were learned. A remembered exchange happened at another time, so it never counts toward the time that passed in this check.
import type { Evidence, EvidenceStage } from '@/lib/verdict/evidence';

export interface TimedEvidence {
  item: Evidence;
  /** Null for remembered exchanges and for the first one. */
  waitedMs: number | null;
  /** The same question was asked before in this check. */
  isAgain: boolean;
  /** Said when a connection was opened that this check then used. */
  isOpening: boolean;
  /** For a remembered exchange: how long before its use it was learned; null if unknown. */
  earlierMs: number | null;
}

const OPENING: readonly EvidenceStage[] = ['connect', 'helo', 'starttls', 'mail'];

/** `usedAt`: when the check began. It applies to remembered exchanges with no exchange of the check after them. */
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
    // After the handshake everything begins anew (RFC 3207 4.2).
    if (item.stage === 'starttls') asked.delete(`${item.layer} helo`);
    return timed;
  });
}

// Evidence that is not an SMTP exchange: a DNS lookup, an entry in a list, or a rule about the address itself.
import { EVIDENCE_TEXT_MAX_CHARS } from '@/lib/platform/limits';
import type { Evidence, EvidenceStage, LayerName } from '@/lib/verdict/evidence';
import type { DnsAnswer, Learned, ListHit } from './ports';

const SECOND_MS = 1_000;
let lastSecond = Number.NaN;
let lastStart = '';
let last = { ms: Number.NaN, iso: '' };

/** Caches the last date, since much evidence has the same millisecond or second and formatting is expensive. Takes whole epoch ms. */
export function isoOf(ms: number): string {
  if (ms !== last.ms) last = { ms, iso: write(ms) };
  return last.iso;
}

function write(ms: number): string {
  const second = Math.floor(ms / SECOND_MS);
  if (second !== lastSecond) {
    lastStart = new Date(ms).toISOString().slice(0, -'000Z'.length);
    lastSecond = second;
  }
  return `${lastStart}${String(ms - second * SECOND_MS).padStart(3, '0')}Z`;
}

interface Said {
  at: number;
  layer: LayerName;
  stage: EvidenceStage;
  /** The resolver asked, if known. */
  host?: string | null;
  text: string;
  rule?: string | null;
  durationMs?: number;
}

/** Lists every field in one order, for speed: this runs several times per address. */
function notSmtp({ at, layer, stage, host = null, text, rule = null, durationMs = 0 }: Said): Evidence {
  return {
    at: isoOf(at),
    layer,
    host,
    address: null,
    provider: null,
    identity: null,
    stage,
    code: null,
    enhanced: null,
    text: text.length > EVIDENCE_TEXT_MAX_CHARS ? text.slice(0, EVIDENCE_TEXT_MAX_CHARS) : text,
    meaning: null,
    rule,
    duration_ms: durationMs,
    remembered: false,
  };
}

/** Dated by the exchange itself: an answer from memory brings its own time. */
export function dnsEvidence(layer: LayerName, text: string, { at, durationMs }: Learned): Evidence {
  return notSmtp({ at, layer, stage: 'dns', text, durationMs: Math.max(0, Math.round(durationMs)) });
}

/** When an answer was obtained: as it says itself if it comes from memory, else between these two moments. */
export const learnedAt = ({ learned }: DnsAnswer<unknown>, startedAt: number, endedAt: number): Learned =>
  learned ?? { at: startedAt, durationMs: endedAt - startedAt };

export function listEvidence(layer: LayerName, text: string, { hit, at }: { hit: ListHit; at: number }): Evidence {
  const since = hit.since === null ? '' : `, since ${hit.since} or before`;
  return notSmtp({ at, layer, stage: 'list', text: `${text}: ${hit.source}${since}`, rule: hit.source });
}

/** Evidence of a rule that the address itself breaks. */
export function inputEvidence(text: string, { rule, at }: { rule: string; at: number }): Evidence {
  return notSmtp({ at, layer: 'syntax', stage: 'input', text, rule });
}

// What a verdict is based on: the reports of the seven layers, in the order used by every screen and API answer, and the evidence (who was
// asked what and what came back, one item per exchange). No evidence, no verdict. Also here: what a mail server's reply can mean (the
// classifier's closed set), and the wording for what was remembered instead of asked. A remembered time is when it was learned, never when
// it was read.

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

export const LAYER_NAMES = ['syntax', 'domain', 'mx', 'disposable', 'role', 'smtp', 'catch_all'] as const;
export type LayerName = (typeof LAYER_NAMES)[number];

export const LAYER_STATUSES = ['passed', 'failed', 'warning', 'unknown', 'skipped'] as const;
export type LayerStatus = (typeof LAYER_STATUSES)[number];

/** A layer as shown in answers and on screens. `details` contains only small JSON values. */
export interface LayerReport {
  name: LayerName;
  status: LayerStatus;
  /** One plain sentence for people. */
  summary: string;
  /** Milliseconds, whole. */
  duration_ms: number;
  details: Record<string, JsonValue>;
}

/** The point in the SMTP dialogue at which a reply came. */
export const REPLY_STAGES = ['connect', 'helo', 'starttls', 'mail', 'rcpt', 'rset', 'quit'] as const;
export type ReplyStage = (typeof REPLY_STAGES)[number];

export const REPLY_MEANINGS = [
  'accepted',
  'mailbox_not_found',
  'mailbox_disabled',
  'mailbox_full',
  'greylisted',
  'rate_limited',
  'sender_blocked',
  'sender_rejected',
  'relay_denied',
  'domain_not_hosted',
  'temporary_failure',
  'policy_other',
  'ambiguous',
] as const;
export type ReplyMeaning = (typeof REPLY_MEANINGS)[number];

/** Meanings that are about the recipient; no other meaning can make an address undeliverable. */
export const RECIPIENT_MEANINGS = [
  'accepted',
  'mailbox_not_found',
  'mailbox_disabled',
  'mailbox_full',
] as const satisfies readonly ReplyMeaning[];

/** What happened instead of a usable reply. These words are also verdict reasons of status `unknown`. */
export const TRANSPORT_FAILURES = ['connect_failed', 'no_response', 'disconnected', 'smtp_protocol_error', 'timeout'] as const;
export type TransportFailure = (typeof TRANSPORT_FAILURES)[number];

/** One complete (possibly multi-line) SMTP reply as received, redacted, escaped and bounded in size. */
export interface SmtpReply {
  /** 200–599 */
  code: number;
  /** RFC 3463 status such as `5.1.1`, or null if none was given. */
  enhanced: string | null;
  /** Reply text without code and enhanced status; lines joined by "\n"; bytes that are not UTF-8 shown as \xNN. */
  text: string;
  /** Some of the reply's lines accept and others refuse. */
  isMixed?: boolean;
}

/** Where an item comes from: a stage of the SMTP dialogue, DNS, an entry in a list, or the address itself, read by a rule (`input`). */
export const EVIDENCE_STAGES = [...REPLY_STAGES, 'dns', 'list', 'input'] as const;
export type EvidenceStage = (typeof EVIDENCE_STAGES)[number];

export interface Evidence {
  /** ISO 8601, UTC */
  at: string;
  layer: LayerName;
  /** Mail host or resolver asked; null for offline layers. */
  host: string | null;
  /** The IP address that was dialed; null if none was. */
  address: string | null;
  provider: string | null;
  /** The sending identity's public name (HELO), or null if none was used. */
  identity: string | null;
  stage: EvidenceStage;
  code: number | null;
  enhanced: string | null;
  /** The server's own words, redacted (the probed address and our addresses are masked) and bounded. */
  text: string;
  /** What the reply means; null for DNS and list evidence. */
  meaning: ReplyMeaning | TransportFailure | null;
  /** Id of the classifier rule or list that decided; null if none did. */
  rule: string | null;
  /** Milliseconds, whole. */
  duration_ms: number;
  /** The exchange happened before this check began and was not repeated for it. `at` says when it was learned. */
  remembered: boolean;
}

/** These layers read the address and our own lists: they ask nobody, and their findings do not age. */
export const ASKS_NOBODY: readonly LayerName[] = ['syntax', 'disposable', 'role'];

const REMEMBERED_NOTE = 'Remembered from an earlier check.';

/** For programs, `checked_at` and `remembered` in the details say the same. */
export function rememberedReport(report: LayerReport, checkedAt: string): LayerReport {
  const { name, status, summary, details } = report;
  const note = summary.endsWith(REMEMBERED_NOTE) ? summary : `${summary} ${REMEMBERED_NOTE}`;
  return { name, status, summary: note, duration_ms: 0, details: { ...details, checked_at: checkedAt, remembered: true } };
}

/** When a layer's finding was learned, if it was remembered. */
export function learnedTime({ details }: LayerReport): string | null {
  return details.remembered === true && typeof details.checked_at === 'string' ? details.checked_at : null;
}

interface Findings {
  layers: LayerReport[];
  evidence: Evidence[];
}

/** An answer from memory: nobody was asked and no time passed. Anything that was learned even earlier keeps its own time. */
export function asRemembered({ layers, evidence }: Findings, checkedAt: string): Findings {
  return {
    layers: layers.map((layer) => {
      const isAsked = layer.status !== 'skipped' && !ASKS_NOBODY.includes(layer.name);
      return { ...(isAsked ? rememberedReport(layer, learnedTime(layer) ?? checkedAt) : layer), duration_ms: 0 };
    }),
    evidence: evidence.map((item) => ({ ...item, remembered: true })),
  };
}

const UNITS: readonly (readonly [name: string, ms: number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/** `3 minutes`; at least `less than a second`. */
export function durationWords(ms: number): string {
  for (const [name, unitMs] of UNITS) {
    const count = Math.floor(ms / unitMs);
    if (count >= 1) return `${String(count)} ${name}${count === 1 ? '' : 's'}`;
  }
  return 'less than a second';
}

// One verification as pages, streams and the API see it: plain JSON values, with dates as ISO 8601 strings. The public answer also has
// the fields of the first API generation. They are derived from the verdict and the layers and never decided on their own. What no layer
// saw is null, never rounded to true or false.
import { type Evidence, type JsonValue, LAYER_NAMES, type LayerName, type LayerReport } from './evidence';
import type { Grade, GradeWeight } from './grade';
import type { FinalStatus, Flags, PolicyName, Reason, Recommendation, Status } from './verdict';

export type VerificationSource = 'app' | 'api' | 'landing';

export interface VerificationView {
  id: string;
  source: VerificationSource;
  /** Exactly as received. `email` is trimmed. */
  input: string;
  email: string;
  status: Status;
  /** Null while pending. */
  reason: Reason | null;
  score: number | null;
  /** Only for a catch-all answer. */
  grade: Grade | null;
  gradeBasis: readonly GradeWeight[];
  /** Null while pending. */
  recommendation: Recommendation | null;
  flags: Flags;
  didYouMean: string | null;
  normalized: string | null;
  canonical: string | null;
  mx: { host: string | null; provider: string | null; gateway: boolean };
  /** While pending: the layers that have reported so far, in order. Final: all seven. */
  layers: LayerReport[];
  evidence: Evidence[];
  policy: PolicyName;
  metadata: JsonValue;
  test: boolean;
  cached: boolean;
  creditsCharged: number;
  durationMs: number | null;
  /** Retries done, and when the next is due. */
  attempt: number;
  retryAt: string | null;
  createdAt: string;
  checkedAt: string | null;
}

/** A verification in a list, without the parts that only its own page shows. */
export type VerificationSummary = Omit<VerificationView, 'layers' | 'evidence'>;

export type RiskLevel = 'low' | 'medium' | 'high' | 'unknown';

export interface FirstGenerationFields {
  valid: boolean;
  deliverable: boolean;
  risk_level: RiskLevel;
  /** The score, or 0 if it is null. */
  confidence: number;
}

const RISK_LEVEL: Record<FinalStatus, RiskLevel> = {
  deliverable: 'low',
  risky: 'medium',
  undeliverable: 'high',
  unknown: 'unknown',
};

/** Risky reasons that include proof that the mailbox exists. */
const PROVED_RISKY: readonly Reason[] = ['role_account', 'mailbox_full'];
const PROVED: readonly Reason[] = ['mailbox_exists', ...PROVED_RISKY];

export function toSummaryAnswer(view: VerificationSummary) {
  return {
    id: view.id,
    input: view.input,
    email: view.email,
    status: view.status,
    reason: view.reason,
    score: view.score,
    grade: view.grade,
    grade_basis: [...view.gradeBasis],
    recommendation: view.recommendation,
    flags: view.flags,
    did_you_mean: view.didYouMean,
    normalized: view.normalized,
    canonical: view.canonical,
    mx: view.mx,
    checked_at: view.checkedAt,
    cached: view.cached,
    credits_charged: view.creditsCharged,
    test: view.test,
    metadata: view.metadata,
    created_at: view.createdAt,
  };
}

export function toVerificationAnswer(view: VerificationView, status: FinalStatus) {
  const { reason, score, layers, evidence } = view;
  return {
    ...toSummaryAnswer(view),
    status,
    layers,
    evidence,
    ...firstGenerationFields({ status, reason, score, mailboxProved: isMailboxProved(layers) }),
    provider: view.mx.provider,
    response_time: view.durationMs ?? 0,
    details: view.test ? detailsOfReason(reason) : detailsOfLayers(layers),
  };
}

export function firstGenerationFields(verdict: {
  status: FinalStatus;
  reason: Reason | null;
  score: number | null;
  /** A 250 for the mailbox, on a domain that refuses unknown names. */
  mailboxProved: boolean;
}): FirstGenerationFields {
  const proved = verdict.mailboxProved || (verdict.reason !== null && PROVED_RISKY.includes(verdict.reason));
  return {
    valid: verdict.status === 'deliverable' || (verdict.status === 'risky' && proved),
    deliverable: verdict.status === 'deliverable',
    risk_level: RISK_LEVEL[verdict.status],
    confidence: verdict.score ?? 0,
  };
}

const statusIn = (layers: readonly LayerReport[], name: LayerName) => layers.find((layer) => layer.name === name)?.status;

/** The mailbox was accepted by a host that refuses a made-up name. Nothing less makes both layers pass. */
const isMailboxProved = (layers: readonly LayerReport[]): boolean =>
  statusIn(layers, 'smtp') === 'passed' && statusIn(layers, 'catch_all') === 'passed';

type Known = boolean | null;

interface Details {
  syntax_valid: Known;
  domain_exists: Known;
  mx_record: Known;
  smtp_valid: Known;
}

const ASKED = ['syntax', 'domain', 'mx', 'smtp'] as const satisfies readonly LayerName[];

/** The layer whose "no" leads to each reason. */
const REFUSED_BY: Partial<Record<Reason, (typeof ASKED)[number]>> = {
  syntax_invalid: 'syntax',
  provider_syntax: 'syntax',
  domain_not_found: 'domain',
  no_mx: 'mx',
  null_mx: 'mx',
  mx_unroutable: 'mx',
  mailbox_not_found: 'smtp',
  mailbox_disabled: 'smtp',
};

function detailsOfLayers(layers: readonly LayerReport[]): Details {
  const [syntax = null, domain = null, mx = null, smtp = null] = ASKED.map((name) => {
    const status = statusIn(layers, name);
    // A layer with a warning did find what it looked for: a mail host without an MX record, or a mailbox that is full.
    if (status === 'passed' || status === 'warning') return true;
    return status === 'failed' ? false : null;
  });
  return { syntax_valid: syntax, domain_exists: domain, mx_record: mx, smtp_valid: smtp };
}

/** With a test key no layer was asked, so the reason in the address says what the layers would have said. */
function detailsOfReason(reason: Reason | null): Details {
  const refusedBy = reason === null ? undefined : REFUSED_BY[reason];
  const end = LAYER_NAMES.indexOf(refusedBy ?? 'smtp');
  const [syntax = null, domain = null, mx = null, smtp = null] = ASKED.map((name) => {
    if (name === refusedBy) return false;
    if (LAYER_NAMES.indexOf(name) < end) return true;
    return refusedBy === undefined && reason !== null && PROVED.includes(reason) ? true : null;
  });
  return { syntax_valid: syntax, domain_exists: domain, mx_record: mx, smtp_valid: smtp };
}

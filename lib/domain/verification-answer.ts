// A verification as the public API answers it, and as people copy it from a page. The fields of the first generation are derived
// from the verdict and the layers, and what no layer saw is null there: never rounded to true or false.
import { firstGenerationFields } from './first-generation';
import { LAYER_NAMES, type LayerName, type LayerReport } from './layer';
import type { FinalStatus, Reason } from './verdict';
import type { VerificationSummary, VerificationView } from './verification-view';

export function toSummaryAnswer(view: VerificationSummary) {
  return {
    id: view.id,
    email: view.email,
    status: view.status,
    reason: view.reason,
    score: view.score,
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

const statusIn = (layers: readonly LayerReport[], name: LayerName) => layers.find((layer) => layer.name === name)?.status;

/** A yes for the mailbox from a host that says no to a made-up name: the two layers pass for nothing less. */
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

function detailsOfLayers(layers: readonly LayerReport[]): Details {
  const [syntax = null, domain = null, mx = null, smtp = null] = ASKED.map((name) => {
    const status = statusIn(layers, name);
    // A warning has found what it looked for: a mail host by address only, a mailbox that is full.
    if (status === 'passed' || status === 'warning') return true;
    return status === 'failed' ? false : null;
  });
  return { syntax_valid: syntax, domain_exists: domain, mx_record: mx, smtp_valid: smtp };
}

/** The layer that gives a reason its no. */
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
const PROVED: readonly Reason[] = ['mailbox_exists', 'role_account', 'mailbox_full'];

/** Behind a test key no layer was asked, so the named reason tells what they would have said. */
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

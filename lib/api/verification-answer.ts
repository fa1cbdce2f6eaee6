// A verification as API v1 answers it. The fields of the first generation are derived from the verdict and the layers, and
// what no layer saw is null there: never rounded to true or false.
import 'server-only';
import { firstGenerationFields } from '@/lib/domain/first-generation';
import type { LayerName, LayerReport } from '@/lib/domain/layer';
import { LAYER_NAMES } from '@/lib/domain/layer';
import type { FinalStatus, Reason } from '@/lib/domain/verdict';
import type { VerificationSummary, VerificationView } from '@/lib/domain/verification-view';
import { env } from '@/lib/env';
import type {
  PendingAnswer,
  ProgressAnswer,
  VerificationAnswer,
  VerificationSummaryAnswer,
} from '@/lib/schemas/verification-response';

export function toSummaryAnswer(view: VerificationSummary): VerificationSummaryAnswer {
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

export function toVerificationAnswer(view: VerificationView, status: FinalStatus): VerificationAnswer {
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

export const toPendingAnswer = ({ id }: VerificationSummary): PendingAnswer => ({
  id,
  status: 'pending',
  poll_url: `${env().APP_URL}/v1/verifications/${id}`,
});

export const toProgressAnswer = (view: VerificationView): ProgressAnswer => ({
  ...toPendingAnswer(view),
  email: view.email,
  layers: view.layers,
  retry_at: view.retryAt,
  test: view.test,
  metadata: view.metadata,
  created_at: view.createdAt,
});

const statusIn = (layers: readonly LayerReport[], name: LayerName) => layers.find((layer) => layer.name === name)?.status;

/** A yes for the mailbox from a host that says no to a made-up name: the two layers pass for nothing less. */
const isMailboxProved = (layers: readonly LayerReport[]): boolean =>
  statusIn(layers, 'smtp') === 'passed' && statusIn(layers, 'catch_all') === 'passed';

type Details = VerificationAnswer['details'];

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

// A made-up event of each type, for tests of an endpoint: the shape of a real one, about nobody.
import type { EmittedEventType } from '@/lib/domain/webhook-events';
import { NO_FLAGS_KNOWN } from '@/lib/domain/unasked-answer';
import { siteLink } from '@/lib/mail/site-link';
import { toBatchData, type WebhookEventInput } from '@/lib/schemas/webhook-event-data';

const COUNTS = { deliverable: 812, undeliverable: 143, risky: 31, unknown: 14 };
const TOTAL = 1_000;
const CHARGED = 955;
const JOB_ID = 'job_00000000000000000000000000';
const VERIFICATION_ID = 'ver_00000000000000000000000000';
const NAME = 'Test list';

export function sampleEvent(type: EmittedEventType): WebhookEventInput {
  switch (type) {
    case 'verification.updated':
      return { type, data: sampleVerification() };
    case 'job.ready':
      return {
        type,
        data: {
          job_id: JOB_ID,
          name: NAME,
          state: 'ready',
          quote: { rows: TOTAL, unique: 970, duplicates: 30, syntax_invalid: 12, max_credits: 958 },
          url: siteLink('/lists'),
        },
      };
    case 'batch.completed':
      return { type, data: sampleBatch('completed', null) };
    case 'batch.failed':
      return { type, data: sampleBatch('failed', 'This is a test: nothing failed.') };
    case 'credits.low':
      return { type, data: { available: 80, threshold: 100, url: siteLink('/usage') } };
  }
}

const sampleBatch = (state: 'completed' | 'failed', error: string | null) =>
  toBatchData({
    jobId: JOB_ID,
    name: NAME,
    state,
    total: TOTAL,
    counts: COUNTS,
    creditsCharged: CHARGED,
    error,
    downloadUrl: siteLink('/lists'),
  });

function sampleVerification() {
  const now = new Date().toISOString();
  return {
    id: VERIFICATION_ID,
    email: 'name@example.com',
    status: 'deliverable',
    reason: 'mailbox_exists',
    score: 95,
    recommendation: 'send',
    flags: { ...NO_FLAGS_KNOWN, accept_all: false },
    did_you_mean: null,
    normalized: 'name@example.com',
    canonical: 'name@example.com',
    mx: { host: 'mx.example.com', provider: null, gateway: false },
    checked_at: now,
    cached: false,
    credits_charged: 1,
    test: true,
    metadata: null,
    created_at: now,
    valid: true,
    deliverable: true,
    risk_level: 'low',
    url: siteLink(`/v1/verifications/${VERIFICATION_ID}`),
  } as const;
}

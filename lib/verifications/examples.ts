// What a verification looks like in the documentation of the API: a real answer of the mail sandbox, about nobody.
import type { z } from 'zod';
import { LAYER_NAMES, type LayerName } from '@/lib/verdict/evidence';
import type {
  pendingAnswerSchema,
  progressAnswerSchema,
  verificationAnswerSchema,
  verificationSummarySchema,
} from '@/lib/verdict/verification-schema';

const AT = '2026-11-29T09:30:00.000Z';
export const EXAMPLE_VERIFICATION_ID = 'ver_01KB7W3J5N8QZ4T6V2X9C1M0RD';

const SUMMARIES: Readonly<Record<LayerName, string>> = {
  syntax: 'The address is well formed.',
  domain: 'The domain exists.',
  mx: 'mx1.example.com takes its mail.',
  disposable: 'Not a disposable provider.',
  role: 'Not a role account.',
  smtp: 'The server accepts mail for this mailbox.',
  catch_all: 'The server refuses names that do not exist.',
};

export const EXAMPLE_SUMMARY: z.infer<typeof verificationSummarySchema> = {
  id: EXAMPLE_VERIFICATION_ID,
  input: 'ann@example.com',
  email: 'ann@example.com',
  status: 'deliverable',
  reason: 'mailbox_exists',
  score: 97,
  grade: null,
  grade_basis: [],
  recommendation: 'send',
  flags: {
    catch_all: false,
    disposable: false,
    relay: false,
    role: false,
    free: false,
    no_reply: false,
    tagged: false,
    mailbox_full: false,
    mailbox_disabled: false,
    idn: false,
    security_gateway: false,
  },
  did_you_mean: null,
  normalized: 'ann@example.com',
  canonical: 'ann@example.com',
  mx: { host: 'mx1.example.com', provider: null, gateway: false },
  checked_at: AT,
  cached: false,
  credits_charged: 1,
  test: false,
  metadata: { user_id: 42 },
  created_at: AT,
};

const EXAMPLE_LAYERS = LAYER_NAMES.map((name) => ({
  name,
  status: 'passed' as const,
  summary: SUMMARIES[name],
  duration_ms: name === 'smtp' ? 412 : 3,
  details: {},
}));

export const EXAMPLE_VERIFICATION: z.infer<typeof verificationAnswerSchema> = {
  ...EXAMPLE_SUMMARY,
  status: 'deliverable',
  layers: EXAMPLE_LAYERS,
  evidence: [
    {
      at: AT,
      layer: 'smtp',
      host: 'mx1.example.com',
      address: '203.0.113.25',
      provider: null,
      identity: 'verify.example.net',
      stage: 'rcpt',
      code: 250,
      enhanced: '2.1.5',
      text: '2.1.5 Recipient OK',
      meaning: 'accepted',
      rule: 'accepted',
      duration_ms: 38,
      remembered: false,
    },
  ],
  valid: true,
  deliverable: true,
  risk_level: 'low',
  confidence: 97,
  provider: null,
  response_time: 446,
  details: { syntax_valid: true, domain_exists: true, mx_record: true, smtp_valid: true },
};

export const EXAMPLE_PENDING: z.infer<typeof pendingAnswerSchema> = {
  id: EXAMPLE_VERIFICATION_ID,
  input: 'ann@example.com',
  status: 'pending',
  poll_url: `https://verify.example.net/v1/verifications/${EXAMPLE_VERIFICATION_ID}`,
};

export const EXAMPLE_PROGRESS: z.infer<typeof progressAnswerSchema> = {
  ...EXAMPLE_PENDING,
  email: 'ann@example.com',
  layers: EXAMPLE_LAYERS.slice(0, 3),
  retry_at: '2026-11-29T09:45:00.000Z',
  test: false,
  metadata: null,
  created_at: AT,
};

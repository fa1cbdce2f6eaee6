// The calls of API v1 about one address, as they are documented and routed.
import { z } from 'zod';
import { NO_BODY, NO_QUERY, type Operation } from '@/lib/accounts/operation';
import {
  pendingAnswerSchema,
  progressAnswerSchema,
  publicAnswerSchema,
  verificationAnswerSchema,
  type verificationSummarySchema,
} from '@/lib/verdict/verification-schema';
import { LAYER_NAMES, type LayerName } from '@/lib/verdict/evidence';
import { domainAnswerSchema, feedbackAnswerSchema, feedbackBatchSchema, feedbackRequestSchema, singleRequestSchema } from './api';
import { REFUND_SENTENCE } from './rules/feedback';

const VERIFY = 'Verify';

// A verification in the documentation: a real answer of the mail sandbox, about nobody.

export const EXAMPLE_VERIFICATION_ID = 'ver_01KB7W3J5N8QZ4T6V2X9C1M0RD';
const AT = '2026-11-29T09:30:00.000Z';

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

const SUMMARIES: Readonly<Record<LayerName, string>> = {
  syntax: 'The address is well formed.',
  domain: 'The domain exists.',
  mx: 'mx1.example.com takes its mail.',
  disposable: 'Not a disposable provider.',
  role: 'Not a role account.',
  smtp: 'The server accepts mail for this mailbox.',
  catch_all: 'The server refuses names that do not exist.',
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

const EXAMPLE_PENDING: z.infer<typeof pendingAnswerSchema> = {
  id: EXAMPLE_VERIFICATION_ID,
  input: 'ann@example.com',
  status: 'pending',
  poll_url: `https://verify.example.net/v1/verifications/${EXAMPLE_VERIFICATION_ID}`,
};

export const verifySingle = {
  id: 'verifySingle',
  method: 'POST',
  path: '/v1/verify/single',
  tag: VERIFY,
  summary: 'Verify one address',
  description:
    'Waits up to `timeout_ms` for the verdict. After that the answer is 202, the work continues, and the webhook event `verification.updated` reports the verdict. A bad address gets an answer, never an error. Unknowns, wrong syntax, dead domains, catch-all addresses and answers from memory cost nothing. A public key (`evk_pub_…`) can be used on the pages of its origins; it gets only the status, the reason, the recommendation and the address that was probably meant.',
  scope: 'verify:write',
  isPublic: true,
  query: NO_QUERY,
  body: singleRequestSchema,
  bodyExample: { email: 'ann@example.com', timeout_ms: 10_000, policy: 'signup', metadata: { user_id: 42 } },
  makes: 'verification',
  answers: {
    200: {
      description: 'The verdict; a short form for a public key.',
      schema: z.union([verificationAnswerSchema, publicAnswerSchema]),
      example: EXAMPLE_VERIFICATION,
      headers: ['X-Credits-Charged', 'X-Credits-Remaining'],
    },
    202: {
      description: 'The time is up; the work continues.',
      schema: z.union([pendingAnswerSchema, publicAnswerSchema]),
      example: EXAMPLE_PENDING,
      headers: ['X-Credits-Charged', 'X-Credits-Remaining'],
    },
  },
  errors: ['insufficient_credits', 'budget_exceeded'],
} satisfies Operation;

const EXAMPLE_PROGRESS: z.infer<typeof progressAnswerSchema> = {
  ...EXAMPLE_PENDING,
  email: 'ann@example.com',
  layers: EXAMPLE_LAYERS.slice(0, 3),
  retry_at: '2026-11-29T09:45:00.000Z',
  test: false,
  metadata: null,
  created_at: AT,
};

export const getVerification = {
  id: 'getVerification',
  method: 'GET',
  path: '/v1/verifications/{id}',
  tag: VERIFY,
  summary: 'Get a verification',
  description: 'The verdict, or the progress so far. A test key finds the answers of test keys, a live key the real ones.',
  scope: 'verifications:read',
  params: { id: EXAMPLE_VERIFICATION_ID },
  query: NO_QUERY,
  body: NO_BODY,
  answers: {
    200: {
      description: 'The verdict, or what is known so far.',
      schema: z.union([verificationAnswerSchema, progressAnswerSchema]),
      example: EXAMPLE_PROGRESS,
    },
  },
} satisfies Operation;

export const getDomain = {
  id: 'getDomain',
  method: 'GET',
  path: '/v1/domains/{domain}',
  tag: VERIFY,
  summary: 'Look up a domain',
  description:
    'What DNS and our lists say, and whether the domain accepts every name, with the date of the check that found out. No mail host is asked, and it costs nothing. It counts against the rate limit of verify calls, because the domain may have to be looked up.',
  scope: 'verifications:read',
  bucket: 'verify',
  params: { domain: 'example.com' },
  query: NO_QUERY,
  body: NO_BODY,
  answers: {
    200: {
      description: 'The domain.',
      schema: domainAnswerSchema,
      example: {
        domain: 'example.com',
        exists: true,
        accepts_mail: true,
        mx: { hosts: ['mx1.example.com'], implicit: false, provider: null, gateway: false },
        disposable: false,
        relay: false,
        free: false,
        did_you_mean: null,
        catch_all: false,
        catch_all_checked_at: '2026-11-28T17:02:11.000Z',
        checked_at: '2026-11-29T09:30:00.000Z',
        cached: false,
      },
    },
  },
  errors: ['invalid_request'],
} satisfies Operation;

const FEEDBACK = {
  outcome: 'hard_bounce',
  verification_id: EXAMPLE_VERIFICATION_ID,
  list_id: null,
  row: null,
  recorded: true,
  refund: { credits: 1, reason: 'refunded', detail: REFUND_SENTENCE.refunded },
};

export const sendFeedback = {
  id: 'sendFeedback',
  method: 'POST',
  path: '/v1/feedback',
  tag: VERIFY,
  summary: 'Report what happened to mail',
  description:
    'One outcome, or an array of up to 1,000. A hard bounce of an address we called deliverable refunds the credit. Reporting the same outcome again changes nothing.',
  scope: 'verify:write',
  query: NO_QUERY,
  body: feedbackRequestSchema,
  bodyExample: { verification_id: EXAMPLE_VERIFICATION_ID, outcome: 'hard_bounce', smtp_code: '550 5.1.1' },
  answers: {
    200: {
      description: 'What was recorded and refunded; for an array, in the same order.',
      schema: z.union([feedbackAnswerSchema, feedbackBatchSchema]),
      example: FEEDBACK,
    },
  },
  errors: ['not_found'],
} satisfies Operation;

export const VERIFICATION_OPERATIONS: readonly Operation[] = [verifySingle, getVerification, getDomain, sendFeedback];

// The calls of API v1 about one address, as they are documented and routed.
import { z } from 'zod';
import { NO_BODY, NO_QUERY, type Operation } from '@/lib/accounts/operation';
import {
  pendingAnswerSchema,
  progressAnswerSchema,
  publicAnswerSchema,
  verificationAnswerSchema,
} from '@/lib/verdict/verification-schema';
import { domainAnswerSchema, feedbackAnswerSchema, feedbackBatchSchema, feedbackRequestSchema, singleRequestSchema } from './api';
import { EXAMPLE_PENDING, EXAMPLE_PROGRESS, EXAMPLE_VERIFICATION, EXAMPLE_VERIFICATION_ID } from './examples';
import { REFUND_SENTENCE } from './rules/feedback';

const VERIFY = 'Verify';

export const verifySingle = {
  id: 'verifySingle',
  method: 'POST',
  path: '/v1/verify/single',
  tag: VERIFY,
  summary: 'Verify one address',
  description:
    'Waits for the verdict up to `timeout_ms`. When that is over the answer is 202, the work goes on, and the webhook event `verification.updated` tells its end. A bad address is an answer, never an error. Unknowns, wrong syntax, dead domains, catch-all addresses and answers from memory cost nothing. A public key (`evk_pub_…`) may stand in a page of one of its origins; it is told the status, the reason, the recommendation and the address that was probably meant.',
  scope: 'verify:write',
  isPublic: true,
  query: NO_QUERY,
  body: singleRequestSchema,
  bodyExample: { email: 'ann@example.com', timeout_ms: 10_000, policy: 'signup', metadata: { user_id: 42 } },
  makes: 'verification',
  answers: {
    200: {
      description: 'The verdict; to a public key in short.',
      schema: z.union([verificationAnswerSchema, publicAnswerSchema]),
      example: EXAMPLE_VERIFICATION,
      headers: ['X-Credits-Charged', 'X-Credits-Remaining'],
    },
    202: {
      description: 'The time is up and the work goes on.',
      schema: z.union([pendingAnswerSchema, publicAnswerSchema]),
      example: EXAMPLE_PENDING,
      headers: ['X-Credits-Charged', 'X-Credits-Remaining'],
    },
  },
  errors: ['insufficient_credits', 'budget_exceeded'],
} satisfies Operation;

export const getVerification = {
  id: 'getVerification',
  method: 'GET',
  path: '/v1/verifications/{id}',
  tag: VERIFY,
  summary: 'Get a verification',
  description: 'As far as it is. A test key finds the answers of test keys, a live key the real ones.',
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
  summary: 'Get what is known of a domain',
  description:
    'What DNS and our lists say, and whether the domain takes every name, with the date at which a check found that out. No mail host is asked, and it costs nothing. It is taken from the bucket of calls that verify, because it may be looked up for this call.',
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
  summary: 'Report what became of mail',
  description:
    'One outcome, or up to 1,000 in an array. A hard bounce on an answer that said deliverable gives its credit back. Reporting the same again changes nothing.',
  scope: 'verify:write',
  query: NO_QUERY,
  body: feedbackRequestSchema,
  bodyExample: { verification_id: EXAMPLE_VERIFICATION_ID, outcome: 'hard_bounce', smtp_code: '550 5.1.1' },
  answers: {
    200: {
      description: 'What was recorded and refunded; for an array, each outcome in its place.',
      schema: z.union([feedbackAnswerSchema, feedbackBatchSchema]),
      example: FEEDBACK,
    },
  },
  errors: ['not_found'],
} satisfies Operation;

export const VERIFICATION_OPERATIONS: readonly Operation[] = [verifySingle, getVerification, getDomain, sendFeedback];

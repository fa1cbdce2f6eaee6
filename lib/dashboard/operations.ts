// The call of API v1 that reads over checks and lists.
import { z } from 'zod';
import { NO_BODY, type Operation } from '@/lib/accounts/operation';
import { listQuerySchema } from '@/lib/verifications/api';
import { EXAMPLE_SUMMARY, EXAMPLE_VERIFICATION_ID } from '@/lib/verifications/examples';
import { listedVerificationSchema } from './api';

export const listVerifications = {
  id: 'listVerifications',
  method: 'GET',
  path: '/v1/verifications',
  tag: 'Verify',
  summary: 'List verifications',
  description: 'The single checks, newest first. With `email`, every answer about that address, from checks and lists.',
  scope: 'verifications:read',
  query: listQuerySchema,
  queryExample: { email: 'ann@example.com', limit: 25 },
  body: NO_BODY,
  answers: {
    200: {
      description: 'A page of them.',
      schema: z.strictObject({ data: z.array(listedVerificationSchema), next_cursor: z.string().nullable() }),
      example: {
        data: [{ ...EXAMPLE_SUMMARY, source: 'api', list: null, api_key_id: 'key_01KB7W2D6M3E8T5Y9R1V4H0QXA' }],
        next_cursor: EXAMPLE_VERIFICATION_ID,
      },
    },
  },
} satisfies Operation;

export const DASHBOARD_OPERATIONS: readonly Operation[] = [listVerifications];

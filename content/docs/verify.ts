import { API_TIMEOUT_DEFAULT_MS, MEMORY_MAX_AGE_S } from '@/lib/platform/limits';
import { singleRequestSchema } from '@/lib/verifications/api';
import { formatCount } from '@/lib/platform/numbers';
import { FINAL_STATUSES, POLICIES, POLICY_NAMES } from '@/lib/verdict/verdict';
import { STATUS_MEANING } from '@/components/verification/reason-sentence';
import { example, list, table, text, type DocsPage } from './docs-page';

/** As the API itself describes the field. */
const meaningOf = (field: keyof typeof singleRequestSchema.shape): string => singleRequestSchema.shape[field].description ?? '';

export const verify: DocsPage = {
  path: '/docs/verify',
  label: 'Verify an address',
  title: 'Verify an address',
  description:
    'POST /v1/verify/single: what to send, what the four statuses mean, how to wait for a pending verdict, and what a policy recommends.',
  updated: '2026-11-29',
  lead: '`POST /v1/verify/single` takes one address and returns a verdict with its evidence. A bad address gets an answer, never an HTTP error.',
  sections: [
    {
      id: 'call',
      heading: 'The call',
      blocks: [
        example('verify-one', 'Verify one address'),
        table(
          'Fields of the request',
          ['Field', 'Meaning', 'Default'],
          [
            ['`email`', `Required. ${meaningOf('email')}`, 'none'],
            ['`timeout_ms`', meaningOf('timeout_ms'), formatCount(API_TIMEOUT_DEFAULT_MS)],
            ['`max_age_s`', meaningOf('max_age_s'), formatCount(MEMORY_MAX_AGE_S)],
            [
              '`policy`',
              `${POLICY_NAMES.map((name) => `\`${name}\``).join(', ')}. ${meaningOf('policy')}`,
              'the workspace’s policy',
            ],
            ['`metadata`', meaningOf('metadata'), 'none'],
          ],
        ),
      ],
    },
    {
      id: 'statuses',
      heading: 'Four statuses',
      blocks: [
        table(
          'Statuses',
          ['Status', 'Meaning'],
          FINAL_STATUSES.map((status) => [`\`${status}\``, STATUS_MEANING[status]]),
        ),
        text(
          'Within its status, each answer has one [reason](/docs/reasons). It also has `flags`, which are true, false or null (not known); a `score` from 0 to 100, or null if there is no basis for an estimate; and `evidence`, which records what the mail server said. The [reference](/docs/api/verify#verifySingle) shows a complete answer.',
        ),
      ],
    },
    {
      id: 'pending',
      heading: 'Pending verdicts',
      blocks: [
        text(
          'A slow or greylisting mail server may need longer than the call waits. You then get 202 with the status `pending` and a `poll_url`. The check continues, and the [webhook](/docs/webhooks) event `verification.updated` delivers the verdict.',
        ),
        example('wait-for-verdict', 'Wait for a pending verdict'),
      ],
    },
    {
      id: 'policy',
      heading: 'Recommendations',
      blocks: [
        text(
          'The `recommendation` is `send`, `review`, `do_not_send` or `retry`. It depends on the policy of the call or, if the call names none, of the workspace, which its owner chooses in the [settings](/settings).',
        ),
        table(
          'Recommendation by policy and status',
          ['Policy', ...FINAL_STATUSES.map((status) => `\`${status}\``)],
          POLICY_NAMES.map((name) => [
            `\`${name}\``,
            ...FINAL_STATUSES.map((status) => `\`${POLICIES[name].byStatus[status]}\``),
          ]),
        ),
        text(
          'Some reasons have their own recommendation. A disposable address, for example, is `do_not_send` at a signup form. The page of each [reason](/docs/reasons) lists its recommendation under every policy.',
        ),
      ],
    },
    {
      id: 'cost',
      heading: 'What it costs',
      blocks: [
        list(
          'A conclusive answer costs one credit. The page of each [reason](/docs/reasons) says whether it is charged.',
          'Unknown answers, malformed addresses, dead domains and catch-all answers are free.',
          'An answer from memory is free: `cached` is true, and `credits_charged` is 0.',
        ),
        text('Each answer reports its cost in `X-Credits-Charged` and your balance in `X-Credits-Remaining`.'),
      ],
    },
  ],
};

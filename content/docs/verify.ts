import {
  ADDRESS_INPUT_MAX_CHARS,
  API_TIMEOUT_DEFAULT_MS,
  API_TIMEOUT_MAX_MS,
  API_TIMEOUT_MIN_MS,
  MEMORY_MAX_AGE_S,
  METADATA_MAX_BYTES,
} from '@/lib/platform/limits';
import { formatCount } from '@/lib/platform/numbers';
import { FINAL_STATUSES, POLICIES, POLICY_NAMES } from '@/lib/verdict/verdict';
import { STATUS_MEANING } from '@/components/verification/reason-sentence';
import { example, list, table, text, type DocsPage } from './docs-page';

export const verify: DocsPage = {
  path: '/docs/verify',
  label: 'Verify an address',
  title: 'Verify an address',
  description:
    'POST /v1/verify/single: what to send, what the four statuses mean, how to wait for a pending verdict, and what a policy recommends.',
  updated: '2026-11-29',
  lead: '`POST /v1/verify/single` takes one address and gives a verdict with its evidence. An address that is wrong is an answer, never an HTTP error.',
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
            ['`email`', `Any text of up to ${formatCount(ADDRESS_INPUT_MAX_CHARS)} characters.`, 'required'],
            [
              '`timeout_ms`',
              `How long the call may wait for the verdict: ${formatCount(API_TIMEOUT_MIN_MS)} to ${formatCount(API_TIMEOUT_MAX_MS)}.`,
              formatCount(API_TIMEOUT_DEFAULT_MS),
            ],
            [
              '`max_age_s`',
              'How old an answer from memory may be, in seconds. 0 asks the mail host again, and is charged as a new answer.',
              formatCount(MEMORY_MAX_AGE_S),
            ],
            [
              '`policy`',
              `What the recommendation is for: ${POLICY_NAMES.map((name) => `\`${name}\``).join(', ')}.`,
              'the workspace’s',
            ],
            [
              '`metadata`',
              `An object of your own, up to ${formatCount(METADATA_MAX_BYTES)} bytes of JSON, that comes back with the answer.`,
              'none',
            ],
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
          'Each answer has one [reason](/docs/reasons) within its status, `flags` that are true, false or null (not known), a `score` from 0 to 100 or null where there is no basis for an estimate, and in `evidence` what the mail server said. The [reference](/docs/api/verify#verifySingle) has a whole answer.',
        ),
      ],
    },
    {
      id: 'pending',
      heading: 'When the time is over first',
      blocks: [
        text(
          'A slow or greylisting mail server may need longer than the call waits. Then the answer is 202 with the status `pending` and a `poll_url`. The work goes on, and `verification.updated` tells a [webhook](/docs/webhooks) the verdict.',
        ),
        example('wait-for-verdict', 'Wait for a pending verdict'),
      ],
    },
    {
      id: 'policy',
      heading: 'What to do with it',
      blocks: [
        text(
          'The `recommendation` is `send`, `review`, `do_not_send` or `retry`. It follows from the policy; without one in the call, the workspace’s own.',
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
          'Some reasons have a recommendation of their own: a disposable address, for example, is `do_not_send` at a signup form. The page of each [reason](/docs/reasons) says what each policy makes of it.',
        ),
      ],
    },
    {
      id: 'cost',
      heading: 'What it costs',
      blocks: [
        list(
          'One credit for an answer that decides: the page of each [reason](/docs/reasons) says whether it is charged.',
          'Nothing for an unknown answer, a bad spelling, a dead domain or a catch-all answer.',
          'Nothing for an answer from memory: `cached` is true, and `credits_charged` is 0.',
        ),
        text('`X-Credits-Charged` and `X-Credits-Remaining` say it in each answer.'),
      ],
    },
  ],
};

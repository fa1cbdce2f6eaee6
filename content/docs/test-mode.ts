import { FINAL_STATUSES, REASONS_BY_STATUS, type Reason } from '@/lib/verdict/verdict';
import { REASON_COPY } from '@/components/verification/reason-sentence';
import { list, table, text, type DocsPage } from './docs-page';

export const magicAddress = (reason: Reason): string => `${reason.replaceAll('_', '-')}@example.com`;

export const testMode: DocsPage = {
  path: '/docs/test-mode',
  label: 'Test mode',
  title: 'Test mode',
  description:
    'Every magic address for test keys: the address decides the reason, delay or error you get. Nothing is charged, and no mail server is contacted.',
  updated: '2026-11-29',
  lead: 'A key that starts with `evk_test_` contacts no mail server and costs nothing. The address decides the answer, in single checks and in lists.',
  sections: [
    {
      id: 'how',
      heading: 'How an address decides its answer',
      blocks: [
        list(
          'Use a reason as the local part, with hyphens or underscores: `mailbox-not-found@example.com`.',
          'Or put the reason after a `+`: `ann+greylisted@example.com`. Use this when your code needs many different addresses.',
          'Any other address gets `mailbox_exists`. Text that is not an address gets `syntax_invalid`.',
          'The domain does not matter.',
        ),
        text('Answers have `test: true`. Webhooks are really sent and signed, and also have `test: true`.'),
      ],
    },
    {
      id: 'reasons',
      heading: 'An address for every reason',
      blocks: [
        table(
          'Magic addresses for reasons',
          ['Address', 'Status', 'Reason'],
          FINAL_STATUSES.flatMap((status) =>
            REASONS_BY_STATUS[status].map((reason) => [
              `\`${magicAddress(reason)}\``,
              `\`${status}\``,
              `[${REASON_COPY[reason].label}](/docs/reasons/${reason.replaceAll('_', '-')})`,
            ]),
          ),
        ),
      ],
    },
    {
      id: 'time',
      heading: 'Addresses that take time',
      blocks: [
        table(
          'Magic addresses for time',
          ['Address', 'What happens'],
          [
            ['`slow-3000@example.com`', 'The answer comes after 3,000 milliseconds. Any number up to 30,000 works.'],
            [
              '`pending-then-deliverable@example.com`',
              'The verdict comes after two seconds. A call with a shorter `timeout_ms` gets 202 `pending`, and `verification.updated` follows.',
            ],
          ],
        ),
      ],
    },
    {
      id: 'errors',
      heading: 'Addresses that return an error',
      blocks: [
        table(
          'Magic addresses for errors',
          ['Address', 'Answer'],
          [
            [
              '`http-402@example.com`',
              '402 [`insufficient_credits`](/docs/errors#insufficient_credits), and the event `credits.low`',
            ],
            [
              '`http-402-budget@example.com`',
              '402 [`budget_exceeded`](/docs/errors#budget_exceeded), and the event `budget.exceeded`',
            ],
            ['`http-429@example.com`', '429 [`rate_limited`](/docs/errors#rate_limited), with `Retry-After: 1`'],
            ['`http-503@example.com`', '503 [`unavailable`](/docs/errors#unavailable), with `Retry-After: 1`'],
          ],
        ),
      ],
    },
  ],
};

import { IDEMPOTENCY_KEY_MAX_CHARS, IDEMPOTENCY_STALE_MS, IDEMPOTENCY_TTL_MS } from '@/lib/platform/limits';
import { example, list, text, type DocsPage } from './docs-page';

export const idempotency: DocsPage = {
  path: '/docs/idempotency',
  label: 'Idempotency',
  title: 'Idempotency',
  description:
    'Send a call that spends credits again without paying twice: what an Idempotency-Key does, how long it holds, and which errors it has.',
  updated: '2026-11-29',
  lead: 'A connection can break after the work was done. With an `Idempotency-Key` the same call can be sent again: it is done once, and charged once.',
  sections: [
    {
      id: 'use',
      heading: 'Send a key of your own',
      blocks: [
        text(
          `Any text of up to ${IDEMPOTENCY_KEY_MAX_CHARS} printable ASCII characters that names this one call. The SDKs send one with every call that spends, the same on each attempt.`,
        ),
        example('repeat-safely', 'The same call twice'),
      ],
    },
    {
      id: 'rules',
      heading: 'What happens',
      blocks: [
        list(
          `Sent again within ${IDEMPOTENCY_TTL_MS / 3_600_000} hours, the same call gets the first answer, byte by byte, with \`Idempotent-Replayed: true\`.`,
          'While the first call is still running: 409 [`idempotency_in_progress`](/docs/errors#idempotency_in_progress).',
          'With another body under the same key: 422 [`idempotency_mismatch`](/docs/errors#idempotency_mismatch).',
          'A call that was refused leaves no trace: the same key may be used again.',
          `A call that died on the way is taken up by the next one with the same key, after ${IDEMPOTENCY_STALE_MS / 1_000} seconds.`,
        ),
      ],
    },
  ],
};

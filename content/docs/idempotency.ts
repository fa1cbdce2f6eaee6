import { IDEMPOTENCY_KEY_MAX_CHARS, IDEMPOTENCY_STALE_MS, IDEMPOTENCY_TTL_MS } from '@/lib/platform/limits';
import { example, list, text, type DocsPage } from './docs-page';

export const idempotency: DocsPage = {
  path: '/docs/idempotency',
  label: 'Idempotency',
  title: 'Idempotency',
  description:
    'Retry a call that spends credits without paying twice: what an Idempotency-Key does, how long it lasts, and which errors it can cause.',
  updated: '2026-11-29',
  lead: 'A connection can break after the work is done. With an `Idempotency-Key`, you can send the same call again: it runs once and is charged once.',
  sections: [
    {
      id: 'use',
      heading: 'Send an idempotency key',
      blocks: [
        text(
          `Use any text of up to ${IDEMPOTENCY_KEY_MAX_CHARS} printable ASCII characters that identifies this one call. The SDKs send a key with every call that spends credits, and reuse it on each attempt.`,
        ),
        example('repeat-safely', 'The same call twice'),
      ],
    },
    {
      id: 'rules',
      heading: 'How it works',
      blocks: [
        list(
          `If you send the same call again within ${IDEMPOTENCY_TTL_MS / 3_600_000} hours, you get the first answer, byte for byte, with \`Idempotent-Replayed: true\`.`,
          'If the first call is still running, you get 409 [`idempotency_in_progress`](/docs/errors#idempotency_in_progress).',
          'If you send a different body with the same key, you get 422 [`idempotency_mismatch`](/docs/errors#idempotency_mismatch).',
          'A refused call leaves no trace, so you can use the same key again.',
          `If a call died on the way, the next one with the same key takes over after ${IDEMPOTENCY_STALE_MS / 1_000} seconds.`,
        ),
      ],
    },
  ],
};

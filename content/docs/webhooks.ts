import {
  WEBHOOK_BODY_MAX_BYTES,
  WEBHOOK_FAILING_MAX_MS,
  WEBHOOK_OLD_SECRET_TTL_MS,
  WEBHOOK_TIMEOUT_MS,
  WEBHOOKS_A_WORKSPACE,
} from '@/lib/platform/limits';
import { bytesWords } from '@/lib/lists/rules/storage';
import { EMITTED_EVENT_TYPES, EVENT_COPY, WEBHOOK_SCHEDULE_S } from '@/lib/webhooks/rules';
import { durationWords } from './duration-words';
import { code, example, list, table, text, type DocsPage } from './docs-page';

export const webhooks: DocsPage = {
  path: '/docs/webhooks',
  label: 'Webhooks',
  title: 'Webhooks',
  description:
    'Learn when a list completes or a verdict arrives: the events, how to verify a signature in each language, retries and rotation.',
  updated: '2026-11-29',
  lead: 'A webhook tells your server that something happened. It is signed according to [Standard Webhooks](https://www.standardwebhooks.com). Verify the signature before you trust it.',
  sections: [
    {
      id: 'events',
      heading: 'Events',
      blocks: [
        table(
          'Events',
          ['Event', 'When'],
          EMITTED_EVENT_TYPES.map((event) => [`\`${event}\``, EVENT_COPY[event]]),
        ),
        code(
          'json',
          'An event',
          JSON.stringify(
            {
              event: 'list.completed',
              event_id: 'evt_01KB7W6C8E1G4J7M0P3R6T9W2Z',
              timestamp: '2026-11-29T08:00:00.000Z',
              test: false,
              data: { list_id: 'lst_01KB7W6C8E1G4J7M0P3R6T9W2Z', status: 'completed', total: 3 },
            },
            null,
            2,
          ),
        ),
        text(
          `A body is at most ${bytesWords(WEBHOOK_BODY_MAX_BYTES)}. New fields may be added, but none are ever removed. A workspace can have up to ${WEBHOOKS_A_WORKSPACE} endpoints.`,
        ),
      ],
    },
    {
      id: 'verify',
      heading: 'Verify the signature',
      blocks: [
        text(
          'Pass the body to the function exactly as it arrived, not parsed and serialized again. The function rejects a signature that is not ours and a timestamp more than five minutes off.',
        ),
        example('verify-webhook', 'Verify a webhook'),
        list(
          'The signed content is `webhook-id`, a dot, `webhook-timestamp`, a dot, and the body. The signature is its HMAC-SHA256 with the secret, in base64.',
          '`webhook-signature` may hold several signatures, each prefixed with `v1,`. One match is enough.',
          '`X-EV-Signature` is a first-generation signature. It includes no timestamp, so anyone who captures an event could replay it forever. Do not rely on it.',
        ),
      ],
    },
    {
      id: 'answer',
      heading: 'Answer an event',
      blocks: [
        list(
          `Answer 2xx within ${WEBHOOK_TIMEOUT_MS / 1_000} seconds, and do the work afterwards. Redirects are not followed.`,
          'An event can arrive more than once, with the same `webhook-id`. Process it once.',
          'Answer 410 to turn the endpoint off.',
        ),
      ],
    },
    {
      id: 'retries',
      heading: 'Retries',
      blocks: [
        text(
          `We make up to ${WEBHOOK_SCHEDULE_S.length} attempts, after these delays: ${WEBHOOK_SCHEDULE_S.map((seconds) => (seconds === 0 ? 'none' : durationWords(seconds))).join(', ')}. Each delay counts from the previous attempt, plus a small random time so that retries do not all arrive together.`,
        ),
        text(
          `If every delivery to an endpoint fails for ${WEBHOOK_FAILING_MAX_MS / 86_400_000} days, we turn the endpoint off and email the owners. The delivery log shows each attempt, and you can replay any delivery.`,
        ),
      ],
    },
    {
      id: 'rotate',
      heading: 'Rotate the secret',
      blocks: [
        text(
          `After a rotation, events are signed with both secrets for ${WEBHOOK_OLD_SECRET_TTL_MS / 3_600_000} hours. During that time, pass both to the function in an array, so that no event is lost.`,
        ),
      ],
    },
  ],
};

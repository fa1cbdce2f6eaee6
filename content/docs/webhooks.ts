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
    'Be told when a list is completed or a verdict comes in: the events, how to verify a signature in each language, retries and rotation.',
  updated: '2026-11-29',
  lead: 'A webhook tells your server what happened, signed as [Standard Webhooks](https://www.standardwebhooks.com) says. Check the signature before you believe it.',
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
          `A body is at most ${bytesWords(WEBHOOK_BODY_MAX_BYTES)}. Fields are only ever added. A workspace has up to ${WEBHOOKS_A_WORKSPACE} endpoints.`,
        ),
      ],
    },
    {
      id: 'verify',
      heading: 'Verify the signature',
      blocks: [
        text(
          'Give the function the body exactly as it came, not parsed and written again. It refuses a signature that is not ours and a timestamp more than five minutes away.',
        ),
        example('verify-webhook', 'Verify a webhook'),
        list(
          'Signed is `webhook-id`, a dot, `webhook-timestamp`, a dot, and the body; HMAC-SHA256 under the secret, in base64.',
          '`webhook-signature` may hold several signatures, each behind `v1,`: one that matches is enough.',
          '`X-EV-Signature` is of the first generation and has no time in it, so it could be sent again for ever. Do not rely on it.',
        ),
      ],
    },
    {
      id: 'answer',
      heading: 'Answer it',
      blocks: [
        list(
          `Answer 2xx within ${WEBHOOK_TIMEOUT_MS / 1_000} seconds, and do the work afterwards. A redirect is not followed.`,
          'An event can arrive more than once, with the same `webhook-id`. Do it once.',
          'Answer 410 to switch the endpoint off.',
        ),
      ],
    },
    {
      id: 'retries',
      heading: 'When it fails',
      blocks: [
        text(
          `There are up to ${WEBHOOK_SCHEDULE_S.length} attempts: ${WEBHOOK_SCHEDULE_S.map((seconds) => (seconds === 0 ? 'at once' : durationWords(seconds))).join(', ')}, each counted from the one before, and a little later so that they do not all come together.`,
        ),
        text(
          `An endpoint with nothing but failures for ${WEBHOOK_FAILING_MAX_MS / 86_400_000} days is switched off, and the owners get a mail. The log of deliveries shows each attempt, and any of them can be replayed.`,
        ),
      ],
    },
    {
      id: 'rotate',
      heading: 'Change the secret',
      blocks: [
        text(
          `After a rotation both secrets sign for ${WEBHOOK_OLD_SECRET_TTL_MS / 3_600_000} hours. Give the function both in an array meanwhile, so that no event is lost.`,
        ),
      ],
    },
  ],
};

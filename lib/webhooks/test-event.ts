// Sends one made-up event with `test: true` to one endpoint, whatever it is subscribed to, the same way as real ones. Refuses
// while the endpoint is off.
import { inTransaction } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { siteLink } from '@/lib/platform/mail/compose';
import type { Scope } from '@/lib/platform/scope';
import { NO_FLAGS_KNOWN } from '@/lib/verdict/answer';
import { deliverEvent, emitEvent } from './emit';
import { toListEndedData, toListProgressData, type WebhookData, type WebhookEventInput } from './event-data';
import { EMITTED_EVENT_TYPES, type EmittedEventType, isEmittedEventType } from './rules';
import { findEndpointRow, lockEndpoint } from './store/endpoints';

const COUNTS = { deliverable: 812, undeliverable: 143, risky: 31, unknown: 14 };
const TOTAL = 1_000;
const CHARGED = 955;
const LIST_ID = 'lst_00000000000000000000000000';
const VERIFICATION_ID = 'ver_00000000000000000000000000';
const KEY_ID = 'key_00000000000000000000000000';
const NAME = 'Test list';

export function sendTestEvent(
  scope: Scope,
  endpointId: string,
  type?: EmittedEventType,
): Promise<Result<{ deliveryId: string }>> {
  return inTransaction(async (tx) => {
    const endpoint = (await lockEndpoint(scope, endpointId, tx)) ? await findEndpointRow(scope, endpointId, tx) : null;
    if (!endpoint) return fail('not_found');
    if (endpoint.state !== 'enabled')
      return fail('conflict', { detail: 'The endpoint is switched off. Switch it on, then send a test.' });
    const wanted = type ?? endpoint.eventTypes.find(isEmittedEventType) ?? EMITTED_EVENT_TYPES[0];
    const event = { ...sampleEvent(wanted), sourceKey: `test:${newId('request')}`, test: true };
    const [deliveryId] = await deliverEvent(scope, { event, endpointIds: [endpointId] }, tx);
    if (deliveryId === undefined) throw new Error('a new cause was told before');
    return ok({ deliveryId });
  });
}

/** A made-up event with `test: true` to whoever listens, because a test key asked for it. `cause` names the request: it is told once. */
export function tellTestEvent(scope: Scope, type: EmittedEventType, cause: string): Promise<void> {
  return inTransaction((tx) => emitEvent(scope, { ...sampleEvent(type), sourceKey: `test:${cause}`, test: true }, tx));
}

/** To a page of the app. */
type Link = typeof siteLink;

/** A made-up event of each type: the shape of a real one, about nobody. */
export function sampleEvent(type: EmittedEventType, link: Link = siteLink): WebhookEventInput {
  switch (type) {
    case 'verification.completed':
    case 'verification.updated':
      return { type, data: sampleVerification(link) };
    case 'list.ready':
      return {
        type,
        data: {
          list_id: LIST_ID,
          name: NAME,
          status: 'ready',
          failure: null,
          quote: { rows: TOTAL, unique: 970, duplicates: 30, syntax_invalid: 12, max_credits: 958 },
          url: link('/lists'),
        },
      };
    case 'list.progress':
      return { type, data: sampleProgress(link) };
    case 'list.completed':
      return { type, data: sampleBatch(link, 'completed', null) };
    case 'list.failed':
      return { type, data: sampleBatch(link, 'failed', 'This is a test: nothing failed.') };
    case 'credits.low':
      return { type, data: { available: 80, threshold: 100, url: link('/usage') } };
    case 'budget.exceeded':
      return { type, data: sampleBudget(link) };
  }
}

const sampleBatch = (link: Link, status: 'completed' | 'failed', error: string | null) =>
  toListEndedData({
    listId: LIST_ID,
    name: NAME,
    status,
    total: TOTAL,
    counts: COUNTS,
    creditsCharged: CHARGED,
    error,
    downloadUrl: link('/lists'),
  });

const sampleProgress = (link: Link) =>
  toListProgressData({
    listId: LIST_ID,
    name: NAME,
    processed: 500,
    total: 970,
    counts: { deliverable: 406, undeliverable: 72, risky: 15, unknown: 7 },
    creditsCharged: 478,
    url: link('/lists'),
  });

const sampleBudget = (link: Link): WebhookData<'budget.exceeded'> => ({
  key_id: KEY_ID,
  key_name: 'Test key',
  month: new Date().toISOString().slice(0, 7),
  budget: 1_000,
  spent: 990,
  held: 10,
  url: link('/keys'),
});

function sampleVerification(link: Link): WebhookData<'verification.completed'> {
  const now = new Date().toISOString();
  return {
    id: VERIFICATION_ID,
    input: 'name@example.com',
    email: 'name@example.com',
    status: 'deliverable',
    reason: 'mailbox_exists',
    score: 95,
    grade: null,
    grade_basis: [],
    recommendation: 'send',
    flags: { ...NO_FLAGS_KNOWN, catch_all: false },
    did_you_mean: null,
    normalized: 'name@example.com',
    canonical: 'name@example.com',
    mx: { host: 'mx.example.com', provider: null, gateway: false },
    checked_at: now,
    cached: false,
    credits_charged: 1,
    test: true,
    metadata: null,
    created_at: now,
    valid: true,
    deliverable: true,
    risk_level: 'low',
    url: link(`/v1/verifications/${VERIFICATION_ID}`),
  };
}

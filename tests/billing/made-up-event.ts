// Events that no stand-in emitted, sent to the webhook, and what became of them.
import { z } from 'zod';
import { queryRows } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { randomUUID } from 'node:crypto';
import Stripe from 'stripe';
import { db } from '@/lib/platform/db/client';
import { WEBHOOK_SECRET } from './use-stand-in';

export const makeUpEvent = (more: Record<string, unknown> = {}): string =>
  JSON.stringify({
    id: `evt_${randomUUID()}`,
    object: 'event',
    api_version: Stripe.API_VERSION,
    created: 1_795_000_000,
    type: 'customer.updated',
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    data: { object: { id: 'cus_of_nobody', object: 'customer' } },
    ...more,
  });

/** Signs with the SDK's own test helper. */
export const signAsSdk = (payload: string): string =>
  new Stripe('sk_test_x').webhooks.generateTestHeaderString({ payload, secret: WEBHOOK_SECRET });

export const idIn = (body: string): string => /evt_[\w-]+/.exec(body)?.[0] ?? '';

export const storedEvent = (body: string) => db().stripeEvent.findUnique({ where: { id: idIn(body) } });

export const jobsOfEvent = (body: string) =>
  queryRows(z.unknown(), Prisma.sql`SELECT 1 FROM graphile_worker.jobs WHERE "key" = ${`stripe-event:${idIn(body)}`}`);

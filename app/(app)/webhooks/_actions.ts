'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import type { EndpointFormState, Problem, SecretAnswer } from '@/components/webhooks/webhook-state';
import { requireSession } from '@/lib/accounts/web/session';
import { isDeliveryId, isWebhookId } from '@/lib/webhooks/api';
import { replayDelivery } from '@/lib/webhooks/deliveries';
import { createEndpoint, deleteEndpoint, rotateSecret, updateEndpoint } from '@/lib/webhooks/endpoints';
import { EMITTED_EVENT_TYPES } from '@/lib/webhooks/rules';
import { sendTestEvent } from '@/lib/webhooks/test-event';

const endpointId = z.string().refine(isWebhookId);
const deliveryId = z.string().refine(isDeliveryId);
const text = z.string().max(10_000).catch('');

const settingsOf = (form: FormData) => ({
  url: text.parse(form.get('url')),
  description: text.parse(form.get('description')),
  events: z.array(text).max(100).parse(form.getAll('events')),
});

export async function addEndpoint(_previous: EndpointFormState, form: FormData): Promise<EndpointFormState> {
  const { scope } = await requireSession();
  const made = await createEndpoint(scope, settingsOf(form));
  if (!made.ok) return { kind: 'refused', message: made.error.message, fields: made.error.fields };
  revalidatePath('/webhooks');
  return { kind: 'created', id: made.value.view.id, secret: made.value.secret };
}

export async function saveEndpoint(id: string, _previous: EndpointFormState, form: FormData): Promise<EndpointFormState> {
  const { scope } = await requireSession();
  const saved = await updateEndpoint(scope, endpointId.parse(id), settingsOf(form));
  if (!saved.ok) return { kind: 'refused', message: saved.error.message, fields: saved.error.fields };
  revalidatePath(`/webhooks/${id}`);
  return { kind: 'saved' };
}

export async function makeNewSecret(id: string): Promise<SecretAnswer> {
  const { scope } = await requireSession();
  const made = await rotateSecret(scope, endpointId.parse(id));
  revalidatePath(`/webhooks/${id}`);
  return made.ok ? { secret: made.value.secret } : { problem: made.error.message };
}

export async function sendTest(id: string, event: string): Promise<Problem> {
  const { scope } = await requireSession();
  const sent = await sendTestEvent(scope, endpointId.parse(id), z.enum(EMITTED_EVENT_TYPES).parse(event));
  revalidatePath(`/webhooks/${id}`);
  return sent.ok ? null : sent.error.message;
}

export async function setEnabled(id: string, isEnabled: boolean): Promise<Problem> {
  const { scope } = await requireSession();
  const state = z.boolean().parse(isEnabled) ? 'enabled' : 'disabled';
  const saved = await updateEndpoint(scope, endpointId.parse(id), { state });
  revalidatePath(`/webhooks/${id}`);
  return saved.ok ? null : saved.error.message;
}

export async function removeEndpoint(id: string): Promise<Problem> {
  const { scope } = await requireSession();
  const removed = await deleteEndpoint(scope, endpointId.parse(id));
  revalidatePath('/webhooks');
  return removed.ok ? null : removed.error.message;
}

export async function replay(id: string, delivery: string): Promise<Problem> {
  const { scope } = await requireSession();
  const again = await replayDelivery(scope, { endpointId: endpointId.parse(id), id: deliveryId.parse(delivery) });
  revalidatePath(`/webhooks/${id}`);
  return again.ok ? null : again.error.message;
}

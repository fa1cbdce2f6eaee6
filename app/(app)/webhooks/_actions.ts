'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import type { NewEndpoint, NewEndpointSecret } from '@/components/webhooks/endpoint-actions';
import { member } from '@/lib/accounts/web/session';
import { formDone, formGave } from '@/lib/platform/form-state';
import { isDeliveryId, isWebhookId } from '@/lib/webhooks/api';
import { replayDelivery } from '@/lib/webhooks/deliveries';
import { createEndpoint, deleteEndpoint, rotateSecret, updateEndpoint } from '@/lib/webhooks/endpoints';
import { EMITTED_EVENT_TYPES } from '@/lib/webhooks/rules';
import { sendTestEvent } from '@/lib/webhooks/emit';

const id = z.string().refine(isWebhookId);
const text = z.string().max(10_000).catch('');
const settings = z.object({ url: text, description: text, events: z.array(text).max(100) });
const LISTS = { lists: ['events'] };

type Settings = z.infer<typeof settings>;

export const addEndpoint = member.form<Settings, NewEndpoint>(
  settings,
  async (wanted, { scope }) => {
    const made = await createEndpoint(scope, wanted);
    if (!made.ok) return made;
    revalidatePath('/webhooks');
    return formGave({ id: made.value.view.id, secret: made.value.secret });
  },
  LISTS,
);

export const saveEndpoint = member.form(
  settings.extend({ id }),
  async ({ id: endpoint, ...wanted }, { scope }) => {
    const saved = await updateEndpoint(scope, endpoint, wanted);
    if (!saved.ok) return saved;
    revalidatePath(`/webhooks/${endpoint}`);
    return formDone('Saved. The next event uses the new settings.');
  },
  LISTS,
);

export const makeNewSecret = member.button<string, NewEndpointSecret>(id, async (endpoint, { scope }) => {
  const made = await rotateSecret(scope, endpoint);
  revalidatePath(`/webhooks/${endpoint}`);
  return made.ok ? formGave({ secret: made.value.secret }) : made;
});

const testInput = z.object({ id, event: z.enum(EMITTED_EVENT_TYPES) });
export const sendTest = member.button(testInput, async ({ id: endpoint, event }, { scope }) => {
  const sent = await sendTestEvent(scope, endpoint, event);
  revalidatePath(`/webhooks/${endpoint}`);
  return sent.ok ? formDone() : sent;
});

const enabledInput = z.object({ id, isEnabled: z.boolean() });
export const setEnabled = member.button(enabledInput, async ({ id: endpoint, isEnabled }, { scope }) => {
  const saved = await updateEndpoint(scope, endpoint, { state: isEnabled ? 'enabled' : 'disabled' });
  revalidatePath(`/webhooks/${endpoint}`);
  return saved.ok ? formDone() : saved;
});

export const removeEndpoint = member.button(id, async (endpoint, { scope }) => {
  const removed = await deleteEndpoint(scope, endpoint);
  revalidatePath('/webhooks');
  return removed.ok ? formDone() : removed;
});

const replayInput = z.object({ id, deliveryId: z.string().refine(isDeliveryId) });
export const replay = member.button(replayInput, async ({ id: endpointId, deliveryId }, { scope }) => {
  const again = await replayDelivery(scope, { endpointId, id: deliveryId });
  revalidatePath(`/webhooks/${endpointId}`);
  return again.ok ? formDone() : again;
});

// One successful request of each operation, with what it needs created first.
import { createApiKey } from '@/lib/accounts/keys';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Scope } from '@/lib/platform/scope';
import { makeList } from '@/tests/database/make-list';
import { seedList } from '@/tests/database/seed-list';
import { deliverOne, makeEndpoint } from '@/tests/database/webhooks';
import { type Ask, ask, idOf } from './contract';

export interface Customer {
  scope: Scope;
  key: string;
}

type Recipe = (customer: Customer) => Promise<Ask>;

export const FILE = { name: 'file', value: 'name,email\nAnn,ann@example.com\n', fileName: 'people.csv' };
export const ROWS = [
  { cells: ['ann@example.com'], reason: 'mailbox_exists' as const },
  { cells: ['bob@example.com'], reason: 'timeout' as const },
];

const ready: Recipe = async ({ scope }) => ({ params: { id: await makeList(scope, { emails: ['ann@example.com'] }) } });
const inStatus =
  (status: 'running' | 'paused' | 'completed'): Recipe =>
  async ({ scope }) => ({
    params: { id: await seedList(scope, { status, rows: ROWS, more: { run: { run: 1, startMode: 'full' } } }) },
  });
const endpoint = async ({ scope }: Customer): Promise<{ params: { id: string } }> => ({
  params: { id: await makeEndpoint(scope).then(({ id }) => id) },
});
async function delivered(customer: Customer): Promise<Ask> {
  const { scope } = customer;
  const { params } = await endpoint(customer);
  const { id: deliveryId } = await deliverOne({ scope, id: params.id }, newId('request'));
  await db().webhookDelivery.updateMany({ where: { id: deliveryId }, data: { state: 'failed' } });
  return { params: { id: params.id, deliveryId } };
}
const anyKey: Recipe = async ({ scope }) => {
  const made = await createApiKey(scope, { name: 'Another', mode: 'test', scopes: ['verify:write'] });
  if (!made.ok) throw made.error;
  return { params: { id: made.value.view.id } };
};
const body =
  (value: unknown): Recipe =>
  () =>
    Promise.resolve({ body: value });
const bare: Recipe = () => Promise.resolve({});

const RECIPES: Readonly<Record<string, Recipe>> = {
  verifySingle: body({ email: 'ann@example.com' }),
  getVerification: async ({ key }) => {
    const { json } = await ask('verifySingle', { key, body: { email: `${newId('request')}@example.com` } });
    return { params: { id: idOf(json) } };
  },
  getDomain: () => Promise.resolve({ params: { domain: 'example.com' } }),
  listVerifications: () => Promise.resolve({ query: { email: 'ann@example.com' } }),
  sendFeedback: async ({ key }) => {
    const { json } = await ask('verifySingle', { key, body: { email: `${newId('request')}@example.com` } });
    return { body: { verification_id: idOf(json), outcome: 'hard_bounce', smtp_code: 550 } };
  },
  verifyBatch: body({ emails: ['ann@example.com', { email: 'bob@example.com', ref: '1', metadata: { a: [1] } }] }),
  createList: () => Promise.resolve({ form: [FILE] }),
  listLists: bare,
  getList: ready,
  changeList: async (customer) => ({ ...(await ready(customer)), body: { retention_days: 3 } }),
  deleteList: inStatus('completed'),
  startList: async (customer) => ({ ...(await ready(customer)), body: { mode: 'full' } }),
  pauseList: inStatus('running'),
  resumeList: inStatus('paused'),
  cancelList: ready,
  retryUnknowns: inStatus('completed'),
  watchList: ready,
  listResults: inStatus('completed'),
  downloadList: inStatus('completed'),
  getCredits: bare,
  listLedger: bare,
  getUsage: bare,
  listReasons: bare,
  listWebhooks: bare,
  createWebhook: body({ url: 'https://hooks.example.com/in', events: ['list.completed'] }),
  getWebhook: endpoint,
  updateWebhook: async (customer) => ({ ...(await endpoint(customer)), body: { state: 'disabled' } }),
  deleteWebhook: endpoint,
  rotateWebhookSecret: endpoint,
  testWebhook: endpoint,
  listDeliveries: delivered,
  replayDelivery: delivered,
  listKeys: bare,
  createKey: body({ name: 'Form', mode: 'pub', scopes: ['verify:write'], allowed_origins: ['https://shop.example'] }),
  getKey: anyKey,
  updateKey: async (customer) => ({ ...(await anyKey(customer)), body: { name: 'Other', expires_at: null } }),
  revokeKey: anyKey,
  rotateKey: anyKey,
  getOpenApi: bare,
};

export function goodRequest(id: string, customer: Customer): Promise<Ask> {
  const recipe = RECIPES[id];
  if (recipe === undefined) throw new Error(`nothing is known that ${id} would take`);
  return recipe(customer);
}

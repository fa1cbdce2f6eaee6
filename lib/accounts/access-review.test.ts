import { beforeEach, expect, test } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { createEndpoint, webhookAccess } from '@/lib/webhooks/endpoints';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { useTestOutbox } from '@/tests/mail/use-test-outbox';
import { getAccessReview, revokeAccess, changePassword, requestPasswordReset, resetPassword } from './password-change';
import { authenticateApiKey, createApiKey } from './keys';
import { startSession } from './sign-in';
import { createUser } from '@/lib/credits/free-credits';

useTestDatabase();
const { mailsTo, tokenFor } = useTestOutbox();

const PASSWORD = 'marble-otter-quilt-92';
const NEW_PASSWORD = 'violet-anchor-tundra-17';

let count = 0;
async function makeOwner() {
  const email = `owner-${++count}@example.com`;
  const made = await createUser({ email, password: PASSWORD });
  if (!made.ok) throw made.error;
  return { email, userId: made.value.userId, scope: { workspaceId: made.value.workspaceId } };
}
let owner: Awaited<ReturnType<typeof makeOwner>>;
beforeEach(async () => {
  owner = await makeOwner();
});

async function makeKey(name: string) {
  const key = await createApiKey(owner.scope, { name, mode: 'live', scopes: ['verify:write'] });
  if (!key.ok) throw key.error;
  return key.value.key;
}
async function makeWebhook(url: string) {
  const made = await createEndpoint(owner.scope, { url, description: 'Orders', events: ['verification.updated'] });
  if (!made.ok) throw made.error;
}
const linkGoogle = () =>
  db().account.create({
    data: { userId: owner.userId, type: 'oauth', provider: 'google', providerAccountId: `g-${count}` },
    select: { id: true },
  });

async function reset(): Promise<void> {
  await requestPasswordReset(owner.email, null);
  const done = await resetPassword({ token: await tokenFor(owner.email), password: NEW_PASSWORD }, null, webhookAccess);
  if (!done.ok) throw done.error;
}
const namesIn = async () => (await getAccessReview(owner, webhookAccess)).items.map(({ kind, name }) => `${kind} ${name}`);

test('a reset lists the sessions it ended and what was created before, and nothing that was created after', async () => {
  await startSession(owner.userId, 'Chrome on macOS');
  await startSession(owner.userId, 'Safari on iPhone');
  await makeKey('Planted');
  await makeWebhook('https://stranger.example.com/hook');
  await linkGoogle();
  await reset();
  await makeKey('After');
  const review = await getAccessReview(owner, webhookAccess);
  expect(review.passwordChangedAt).not.toBeNull();
  expect(review.endedSessions.map(({ device }) => device).toSorted()).toEqual(['Chrome on macOS', 'Safari on iPhone']);
  expect(await namesIn()).toEqual(['key Planted', 'webhook https://stranger.example.com/hook', 'sign_in Google']);
});

test('the mail about a reset names what still works and links to it, or says that there is nothing', async () => {
  await reset();
  const [plain] = await mailsTo(owner.email);
  expect(plain?.text).toContain('There are no earlier API keys, webhooks or linked sign-ins.');
  owner = await makeOwner();
  await makeKey('One');
  await makeKey('Two');
  await makeWebhook('https://hooks.example.com/a');
  await reset();
  const [mail] = await mailsTo(owner.email);
  expect(mail?.subject).toBe('Your password was changed');
  expect(mail?.text).toContain('2 API keys and 1 webhook');
  expect(mail?.text).toContain('/settings/access');
});

test('a change of password lists the same', async () => {
  const session = await startSession(owner.userId, 'Chrome on macOS');
  await startSession(owner.userId, 'Firefox on Linux');
  await makeKey('Older');
  const changed = await changePassword({ ...session, currentPassword: PASSWORD, newPassword: NEW_PASSWORD }, null, webhookAccess);
  expect(changed.ok).toBe(true);
  expect((await getAccessReview(owner, webhookAccess)).endedSessions.map(({ device }) => device)).toEqual(['Firefox on Linux']);
  expect(await namesIn()).toEqual(['key Older']);
});

test('chosen items stop working at once, and the others keep working', async () => {
  const [kept, planted] = [await makeKey('Kept'), await makeKey('Planted')];
  await makeWebhook('https://stranger.example.com/hook');
  await linkGoogle();
  const { items } = await getAccessReview(owner, webhookAccess);
  const chosen = items.filter(({ name }) => name !== 'Kept');
  expect(await revokeAccess(owner, chosen, webhookAccess)).toBe(3);
  expect((await authenticateApiKey(planted)).kind).toBe('closed');
  expect((await authenticateApiKey(kept)).kind).toBe('accepted');
  expect(await db().webhookEndpoint.count({ where: owner.scope })).toBe(0);
  expect(await db().account.count({ where: { userId: owner.userId } })).toBe(0);
  expect(await namesIn()).toEqual(['key Kept']);
  // Deleting twice ends nothing twice, and a revoked key keeps its first date.
  expect(
    await revokeAccess(
      owner,
      chosen.filter(({ kind }) => kind !== 'key'),
      webhookAccess,
    ),
  ).toBe(0);
});

test('nobody sees or revokes what belongs to somebody else', async () => {
  const key = await makeKey('Mine');
  await makeWebhook('https://hooks.example.com/mine');
  await linkGoogle();
  const { items } = await getAccessReview(owner, webhookAccess);
  const other = await makeOwner();
  expect((await getAccessReview(other, webhookAccess)).items).toEqual([]);
  expect(await revokeAccess(other, items, webhookAccess)).toBe(0);
  expect((await authenticateApiKey(key)).kind).toBe('accepted');
  expect((await namesIn()).length).toBe(3);
});

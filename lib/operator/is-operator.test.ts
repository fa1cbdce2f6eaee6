import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { createUserRow } from '@/lib/accounts/store/users';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { changeSettings, useSettings } from '@/tests/settings';
import { isOperator } from './operator';

useTestDatabase();

useSettings({ APP_MODE: 'local', OPERATOR_EMAILS: [] });

const set = (settings: { APP_MODE?: 'local' | 'production'; OPERATOR_EMAILS: string[] }): void =>
  void changeSettings({ APP_MODE: 'local', ...settings });

async function makePerson(email: string) {
  const made = await createUserRow(
    { email, name: null, passwordHash: null, emailVerified: new Date(), termsAcceptedAt: null },
    db(),
  );
  if (made === null) throw new Error('the address is taken');
  return { userId: made.id, email };
}

describe('with OPERATOR_EMAILS', () => {
  beforeEach(() => set({ OPERATOR_EMAILS: ['ops@example.org', 'Second@Example.ORG'] }));

  it.each(['ops@example.org', 'OPS@example.org', 'second@example.org'])('%s is an operator', async (email) => {
    expect(await isOperator({ userId: 'usr_1', email })).toBe(true);
  });

  it.each(['someone@example.org', 'ops@example.org.evil.test', 'xops@example.org', 'example.org', ''])(
    '"%s" is not an operator',
    async (email) => {
      expect(await isOperator({ userId: 'usr_1', email })).toBe(false);
    },
  );

  it('the first account of local mode is not an operator unless it is listed', async () => {
    const first = await makePerson('early@example.org');
    expect(await isOperator(first)).toBe(false);
    await db().user.deleteMany();
  });
});

describe('without OPERATOR_EMAILS', () => {
  beforeEach(() => set({ OPERATOR_EMAILS: [] }));
  afterEach(() => db().user.deleteMany({}));

  it('in local mode, the operator is the account created first, whatever its id, and nobody else', async () => {
    const younger = await makePerson('younger@example.org');
    const first = await makePerson('first@example.org');
    await db().user.update({ where: { id: first.userId }, data: { createdAt: new Date(Date.now() - 60_000) } });
    expect([await isOperator(first), await isOperator(younger)]).toEqual([true, false]);
  });

  it('in production, nobody is an operator, not even the first account', async () => {
    set({ APP_MODE: 'production', OPERATOR_EMAILS: [] });
    expect(await isOperator(await makePerson('only@example.org'))).toBe(false);
  });
});

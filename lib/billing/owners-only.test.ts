// Members see the billing page but can't buy anything; the owner of another workspace has no access here.
import { beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { type Buyer, makeBuyer, PACK, STARTER } from '@/tests/billing/buyer';
import { useStandIn } from '@/tests/billing/use-stand-in';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { openPaymentPage, openPortal } from './invoices';
import { getBilling } from './overview';
import { cancelPlan, changePlan, keepPlan, previewPlanChange } from './plans';
import { startCheckout } from './purchases';
import { findBillingAccount } from './store/accounts';
import { setAutoTopUp } from './top-ups';

useTestDatabase();
const standIn = useStandIn();

let shop: Buyer;
let member: Buyer;
let stranger: Buyer;
beforeAll(async () => {
  [shop, member, stranger] = await Promise.all([makeBuyer(), makeBuyer(), makeBuyer()]);
  const { workspaceId } = shop.scope;
  await db().membership.create({ data: { workspaceId, userId: member.userId, role: 'member' } });
});

const to = { plan: 'professional', interval: 'month' } as const;
const topUp = { below: 10, pack: '2k', maxAMonth: 1 } as const;
const ACTS = {
  'buy a pack': (userId: string) => startCheckout(shop.scope, { userId, offer: PACK }),
  subscribe: (userId: string) => startCheckout(shop.scope, { userId, offer: STARTER }),
  'see what a change costs': (userId: string) => previewPlanChange(shop.scope, { userId, to }),
  'change the plan': (userId: string) => changePlan(shop.scope, { userId, to, at: new Date() }),
  'cancel the plan': (userId: string) => cancelPlan(shop.scope, userId),
  'keep the plan': (userId: string) => keepPlan(shop.scope, userId),
  'open the portal': (userId: string) => openPortal(shop.scope, userId),
  'pay an open invoice': (userId: string) => openPaymentPage(shop.scope, userId),
  'switch the automatic top-up on': (userId: string) => setAutoTopUp(shop.scope, userId, topUp),
};

describe.each(Object.entries(ACTS))('%s', (_name, act) => {
  test.each([
    ['a member', () => member],
    ['a stranger', () => stranger],
  ])('%s may not', async (_who, who) => {
    const result = await act(who().userId);
    expect(result.ok ? 'allowed' : result.error.code).toBe('forbidden');
    expect(await findBillingAccount(shop.scope)).toBeNull();
    expect(standIn().world.store.list('customer')).toEqual([]);
  });
});

test('a member sees the page without the buttons, an owner with them', async () => {
  expect(await getBilling(shop.scope, member.userId)).toMatchObject({ mayBuy: false, plan: { state: 'free' } });
  expect(await getBilling(shop.scope, shop.userId)).toMatchObject({ mayBuy: true });
});

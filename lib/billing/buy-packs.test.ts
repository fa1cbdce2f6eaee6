// Packs, from the pricing page to the credits, with the real SDK against the stand-in.
import { expect, test } from 'vitest';
import { advanceClock } from '@/simulators/stripe/acts/advance-clock';
import { arriveDebit } from '@/simulators/stripe/acts/arrive-debit';
import { refundCharge } from '@/simulators/stripe/acts/refund-charge';
import { deliver, deliverAgain, eventsOf, eventsSince, goToCheckout, makeBuyer, PACK, standingOf } from '@/tests/billing/buyer';
import { answerBank, applyCodeAt, CARDS, payAt, payByDebit, sessionIn } from '@/tests/billing/pages';
import { useStandIn } from '@/tests/billing/use-stand-in';
import { mustHold } from '@/tests/database/ledger-moves';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { sendNotices } from '@/tests/mail/send-notices';
import { useTestOutbox } from '@/tests/mail/use-test-outbox';
import { finishPurchase, fulfilCheckout } from './purchases';

useTestDatabase();
const outbox = useTestOutbox();
const standIn = useStandIn();

const GIVEN = { ledger: ['grant 10000'], credits: 10_000, plan: 'free', card: 'Visa ending in 4242' };

async function bought(card: string = CARDS.good) {
  const buyer = await makeBuyer();
  const mark = eventsOf(standIn()).length;
  const url = await goToCheckout(buyer, PACK);
  const pressed = await payAt(url, card);
  return { buyer, url, mark, pressed, sessionId: sessionIn(url), events: () => eventsSince(standIn(), mark) };
}

test('the webhook alone grants a pack, even if the buyer closed the page', async () => {
  const { buyer, events } = await bought();
  await deliver(events());
  expect(await standingOf(buyer)).toMatchObject(GIVEN);
});

test('the return page alone grants a pack, before any event arrives', async () => {
  const { buyer, sessionId, pressed } = await bought();
  expect(pressed.to).toBe(`http://localhost:3000/billing/return?session_id=${sessionId}`);
  expect(await finishPurchase(buyer.scope, sessionId)).toMatchObject({ state: 'fulfilled' });
  expect(await standingOf(buyer)).toMatchObject(GIVEN);
});

test('page and webhook together, each many times and concurrently, grant it once', async () => {
  const { buyer, sessionId, events } = await bought();
  const again = () => fulfilCheckout(sessionId, buyer.scope);
  await Promise.all([again(), deliver(events()), again(), again()]);
  for (const event of events()) await deliverAgain(event);
  await again();
  expect(await standingOf(buyer)).toMatchObject(GIVEN);
});

test('a declined card grants nothing, and the page accepts another one', async () => {
  const { buyer, url, pressed, sessionId, events } = await bought(CARDS.declined);
  expect(pressed).toMatchObject({ status: 402, to: null });
  expect(pressed.text).toContain('Your card was declined.');
  await deliver(events());
  expect(await finishPurchase(buyer.scope, sessionId)).toMatchObject({ state: 'open' });
  expect(await standingOf(buyer)).toMatchObject({ ledger: [] });
  await payAt(url);
  await deliver(events());
  expect(await standingOf(buyer)).toMatchObject(GIVEN);
});

test('a bank that asks first: nothing before the answer, nothing after a no, the credits after a yes', async () => {
  const { buyer, url, pressed, sessionId, events } = await bought(CARDS.confirm);
  expect(pressed.to).toContain('/confirm/pi_');
  await deliver(events());
  expect(await standingOf(buyer)).toMatchObject({ ledger: [] });
  const no = await answerBank(pressed.to ?? '', 'no');
  expect(no.to).toBe(url);
  expect(await finishPurchase(buyer.scope, sessionId)).toMatchObject({ state: 'open' });
  const again = await payAt(url, CARDS.confirm);
  const yes = await answerBank(again.to ?? '', 'yes');
  expect(yes.to).toContain('/billing/return');
  await deliver(events());
  expect(await standingOf(buyer)).toMatchObject({ ...GIVEN, card: 'Visa ending in 3155' });
});

test('a bank debit grants nothing until the money arrives, days after the page was closed', async () => {
  const buyer = await makeBuyer();
  const mark = eventsOf(standIn()).length;
  const url = await goToCheckout(buyer, PACK);
  await payByDebit(url);
  await deliver(eventsSince(standIn(), mark));
  expect(await finishPurchase(buyer.scope, sessionIn(url))).toMatchObject({ state: 'pending' });
  expect(await standingOf(buyer)).toMatchObject({ ledger: [] });
  arriveDebit(standIn().world, intentOf(sessionIn(url)), true);
  await deliver(eventsSince(standIn(), mark));
  // A debit is not a card that automatic purchases could charge at once.
  expect(await standingOf(buyer)).toMatchObject({ ...GIVEN, card: null });
});

test('a bank debit that fails grants nothing, and the owner is told', async () => {
  const buyer = await makeBuyer();
  const mark = eventsOf(standIn()).length;
  const url = await goToCheckout(buyer, PACK);
  await payByDebit(url);
  arriveDebit(standIn().world, intentOf(sessionIn(url)), false);
  await deliver(eventsSince(standIn(), mark));
  expect(await standingOf(buyer)).toMatchObject({ ledger: [] });
  expect(await finishPurchase(buyer.scope, sessionIn(url))).toMatchObject({ state: 'declined' });
  await sendNotices();
  expect((await outbox.mailsTo(buyer.email)).map(({ subject }) => subject)).toEqual(['Your payment did not arrive']);
});

test('a promotion code makes a pack cheaper, not smaller', async () => {
  const buyer = await makeBuyer();
  const mark = eventsOf(standIn()).length;
  const url = await goToCheckout(buyer, PACK);
  expect((await applyCodeAt(url, 'NO_SUCH_CODE')).text).toContain('This code is invalid.');
  expect((await applyCodeAt(url, 'welcome10')).text).toContain('$31.50');
  await payAt(url);
  await deliver(eventsSince(standIn(), mark));
  expect(await standingOf(buyer)).toMatchObject(GIVEN);
  const [invoice] = standIn().world.store.list('invoice');
  expect(invoice).toMatchObject({ total: 3_150, amount_paid: 3_150, status: 'paid' });
});

test('if a code takes off the full price, there is nothing to pay, and the pack is still granted', async () => {
  const buyer = await makeBuyer();
  const url = await goToCheckout(buyer, PACK);
  await applyCodeAt(url, 'FREE100');
  await payAt(url);
  expect(await finishPurchase(buyer.scope, sessionIn(url))).toMatchObject({ state: 'fulfilled' });
  expect(await standingOf(buyer)).toMatchObject({ ledger: ['grant 10000'] });
});

test('an unpaid session expires and grants nothing', async () => {
  const buyer = await makeBuyer();
  const url = await goToCheckout(buyer, PACK);
  advanceClock(standIn().world, standIn().world.now() + 2 * 86_400);
  expect(await finishPurchase(buyer.scope, sessionIn(url))).toMatchObject({ state: 'expired' });
  expect(await standingOf(buyer)).toMatchObject({ ledger: [] });
});

test('a purchase of another workspace is not shown, and not granted to the caller', async () => {
  const { buyer, sessionId } = await bought();
  const other = await makeBuyer();
  expect(await finishPurchase(other.scope, sessionId)).toBeNull();
  expect(await finishPurchase(buyer.scope, 'cs_test_no_such_session')).toBeNull();
  expect(await standingOf(other)).toMatchObject({ ledger: [] });
});

test('a full refund takes what is left of the purchase, once', async () => {
  const { buyer, events, sessionId } = await bought();
  await deliver(events());
  await mustHold(buyer.scope, 400);
  refundCharge(standIn().world, chargeOf(sessionId), null);
  await deliver(events());
  // What running checks hold is not taken.
  expect(await standingOf(buyer)).toMatchObject({ ledger: ['expire -9600', 'grant 10000'], credits: 400 });
});

test('a partial refund takes nothing', async () => {
  const { buyer, events, sessionId } = await bought();
  refundCharge(standIn().world, chargeOf(sessionId), 100);
  await deliver(events());
  expect(await standingOf(buyer)).toMatchObject(GIVEN);
});

test('a purchase that was refunded before it became known leaves no credits', async () => {
  const { buyer, events, sessionId } = await bought();
  refundCharge(standIn().world, chargeOf(sessionId), null);
  await deliver([...events()].reverse());
  await fulfilCheckout(sessionId, buyer.scope);
  expect(await standingOf(buyer)).toMatchObject({ ledger: ['expire -10000', 'grant 10000'], credits: 0 });
});

function intentOf(sessionId: string): string {
  const intent = standIn().world.store.get('session', sessionId).payment_intent;
  if (typeof intent !== 'string') throw new Error('a session without a payment');
  return intent;
}

function chargeOf(sessionId: string): string {
  const charge = standIn().world.store.get('paymentIntent', intentOf(sessionId)).latest_charge;
  if (typeof charge !== 'string') throw new Error('a payment without a charge');
  return charge;
}

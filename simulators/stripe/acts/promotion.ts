// Promotion codes on Checkout: a percentage off the current purchase.
import type Stripe from 'stripe';
import { idOf, newStripeId } from '../ids';
import { makeCoupon, makePromotionCode } from '../objects/catalog-objects';
import type { World } from '../world';
import { changeSession } from './change';

/** Present from the start, because test equipment needs something to try. */
export const CODES = [
  { code: 'WELCOME10', name: '10 % off', percentOff: 10 },
  { code: 'FREE100', name: '100 % off', percentOff: 100 },
] as const;

export function addCodes(world: World): void {
  for (const { code, name, percentOff } of CODES) {
    if (world.store.find('coupon', code) !== null) continue;
    world.store.put('coupon', makeCoupon({ id: code, name, percentOff }, world.now()));
    world.store.put('promotionCode', makePromotionCode({ code, couponId: code }, world.now()));
  }
}

interface FoundCode {
  code: Stripe.PromotionCode;
  coupon: Stripe.Coupon;
}

const findCode = (world: World, word: string): FoundCode | null => {
  const code = world.store.list('promotionCode').find((one) => one.active && one.code === word.trim().toUpperCase());
  const coupon = world.store.find('coupon', idOf(code?.promotion.coupon));
  return code && coupon?.valid === true ? { code, coupon } : null;
};

/** False if there is no such code, or the session accepts none. An empty word removes the code. */
export function applyCode(world: World, sessionId: string, word: string): boolean {
  const session = world.store.get('session', sessionId);
  const found = findCode(world, word);
  if (session.allow_promotion_codes !== true || (word !== '' && found === null)) return false;
  const kept = world.store.get('sessionItems', sessionId);
  const percent = found?.coupon.percent_off ?? 0;
  const items = kept.items.map((item) => {
    const off = Math.round((item.amount_subtotal * percent) / 100);
    return { ...item, amount_discount: off, amount_total: item.amount_subtotal - off };
  });
  world.store.put('sessionItems', { ...kept, items });
  const off = items.reduce((sum, item) => sum + item.amount_discount, 0);
  changeSession(world, sessionId, {
    amount_total: (session.amount_subtotal ?? 0) - off,
    discounts: found ? [{ coupon: found.coupon.id, promotion_code: found.code.id }] : [],
    total_details: { amount_discount: off, amount_shipping: 0, amount_tax: 0 },
  });
  return true;
}

/** Uses up the session's code and returns the discount that appears on its invoice. */
export function redeem(world: World, session: Stripe.Checkout.Session): { id: string; percent: number } | null {
  const code = world.store.find('promotionCode', idOf(session.discounts?.[0]?.promotion_code));
  const coupon = world.store.find('coupon', idOf(code?.promotion.coupon));
  if (code === null || coupon === null) return null;
  world.store.put('promotionCode', { ...code, times_redeemed: code.times_redeemed + 1 });
  world.store.put('coupon', { ...coupon, times_redeemed: coupon.times_redeemed + 1 });
  const discount: Stripe.Discount = {
    id: newStripeId('di'),
    object: 'discount',
    checkout_session: session.id,
    customer: idOf(session.customer),
    customer_account: null,
    end: null,
    invoice: null,
    invoice_item: null,
    promotion_code: code.id,
    source: { coupon: coupon.id, type: 'coupon' },
    start: world.now(),
    subscription: null,
    subscription_item: null,
  };
  world.store.put('discount', discount);
  return { id: discount.id, percent: coupon.percent_off ?? 0 };
}

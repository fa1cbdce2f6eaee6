import type Stripe from 'stripe';
import { z } from 'zod';
import { expand, params, text } from '../http/params';
import { invalid } from '../http/problem';
import { route, type Route } from '../http/route';
import { newStripeId } from '../ids';
import { makeCoupon, makePromotionCode } from '../objects/catalog-objects';

const createCoupon = params<Stripe.CouponCreateParams>()({
  id: text.optional(),
  name: text.optional(),
  percent_off: z.coerce.number().gt(0).max(100),
  duration: z.enum(['once']),
  expand,
});
const createCode = params<Stripe.PromotionCodeCreateParams>()({
  code: text,
  promotion: params<Stripe.PromotionCodeCreateParams.Promotion>()({ type: z.enum(['coupon']), coupon: text }),
  expand,
});

export const COUPONS: readonly Route[] = [
  route('POST /v1/coupons', createCoupon, (world, { params: given }) => {
    const id = given.id ?? newStripeId('coupon', 8);
    const coupon = makeCoupon({ id, name: given.name ?? id, percentOff: given.percent_off }, world.now());
    world.emit('coupon.created', coupon);
    return world.store.put('coupon', coupon);
  }),
  route('POST /v1/promotion_codes', createCode, (world, { params: given }) => {
    const code = given.code.toUpperCase();
    if (world.store.list('promotionCode').some((one) => one.active && one.code === code)) {
      throw invalid('An active promotion code with this code already exists.', { param: 'code' });
    }
    const coupon = world.store.get('coupon', given.promotion.coupon, 'promotion[coupon]');
    const made = makePromotionCode({ code, couponId: coupon.id }, world.now());
    world.emit('promotion_code.created', made);
    return world.store.put('promotionCode', made);
  }),
];

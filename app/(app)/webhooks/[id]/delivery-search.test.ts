import { expect, test } from 'vitest';
import { deliveryHref, parseDeliverySearch } from './delivery-search';

const ID = 'whd_01ARZ3NDEKTSV4RRFFQ69G5FAV';

test('a search survives the URL', () => {
  const search = { state: 'failed', cursor: ID, delivery: ID } as const;
  const href = deliveryHref('whk_1', search);
  expect(href).toBe(`/webhooks/whk_1?state=failed&cursor=${ID}&delivery=${ID}`);
  expect(parseDeliverySearch(Object.fromEntries(new URL(href, 'http://x').searchParams))).toEqual(search);
});

test('parameters that are not understood are dropped', () => {
  const nothing = { state: undefined, cursor: undefined, delivery: undefined };
  expect(parseDeliverySearch({ state: 'lost', cursor: "'; --", delivery: ['a', 'b'] })).toEqual(nothing);
  expect(deliveryHref('whk_1', nothing)).toBe('/webhooks/whk_1');
});

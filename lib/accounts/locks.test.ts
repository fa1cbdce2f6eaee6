import { expect, it } from 'vitest';
import { API_KEY_LOCKS_MAX } from '@/lib/platform/limits';
import { isInNetworks, toNetworks, toOrigins } from './locks';

it('networks are stored in their plainest form, each once', () => {
  expect(toNetworks(['203.0.113.7', ' 203.0.113.7/32 ', '198.51.100.77/24', '2001:DB8::1/32', '::1'])).toEqual([
    '203.0.113.7/32',
    '198.51.100.0/24',
    '2001:db8::/32',
    '::1/128',
  ]);
});

it.each(['', '203.0.113', '203.0.113.7/33', '203.0.113.0/', 'example.com', '1.2.3.4/24/24', '10.0.0.0-10.0.0.9'])(
  '%j is not a network',
  (word) => expect(toNetworks([word])).toBeNull(),
);

it('origins are stored as browsers send them', () => {
  expect(toOrigins(['https://Shop.Example', 'https://shop.example:443/', 'http://localhost:3000'])).toEqual([
    'https://shop.example',
    'http://localhost:3000',
  ]);
});

it.each([
  '',
  'shop.example',
  'https://shop.example/form',
  'https://shop.example/?a',
  'https://u@shop.example',
  'ftp://shop.example',
  '*',
])('%j is not an origin', (word) => expect(toOrigins([word])).toBeNull());

it('their number is limited', () => {
  const many = Array.from({ length: API_KEY_LOCKS_MAX + 1 }, (_, n) => `10.0.0.${n}`);
  expect(toNetworks(many)).toBeNull();
  expect(toNetworks(many.slice(1))).toHaveLength(API_KEY_LOCKS_MAX);
});

it('an address is in a network of its own kind, even as IPv4-mapped IPv6', () => {
  const networks = ['198.51.100.0/24', '2001:db8::/32'];
  expect(['198.51.100.255', '::ffff:198.51.100.1', '2001:db8:ffff::1'].every((one) => isInNetworks(one, networks))).toBe(true);
  expect(['198.51.101.0', '2001:db9::', 'unknown', ''].some((one) => isInNetworks(one, networks))).toBe(false);
});

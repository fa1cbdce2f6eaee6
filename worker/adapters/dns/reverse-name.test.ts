import { expect, test } from 'vitest';
import { reverseName } from './port';

test('an IPv4 address is looked up by its octets, an IPv6 address by its nibbles, last one first', () => {
  expect(reverseName('203.0.113.7')).toBe('7.113.0.203.in-addr.arpa');
  expect(reverseName('2001:DB8::567:89ab')).toBe('b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa');
});

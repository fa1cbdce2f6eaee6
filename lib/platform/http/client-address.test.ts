import { expect, test } from 'vitest';
import {
  addressKey,
  attemptKey,
  CLIENT_ADDRESS_HEADER,
  clientAddress,
  clientKeyOf,
  networksOf,
  resolveClientAddress,
} from './client-address';

const socketAddress = '192.0.2.1';

test.each([
  { hops: 0, line: '203.0.113.9', is: '192.0.2.1', why: 'without trusted proxies the socket tells' },
  { hops: 1, line: '203.0.113.9', is: '203.0.113.9', why: 'one proxy: the entry it appended' },
  { hops: 1, line: '1.1.1.1, 2.2.2.2,203.0.113.9', is: '203.0.113.9', why: 'what the client wrote further left is ignored' },
  { hops: 2, line: '1.1.1.1, 203.0.113.9, 10.0.0.2', is: '203.0.113.9', why: 'two proxies: the second from the right' },
  { hops: 2, line: '203.0.113.9', is: '192.0.2.1', why: 'too short a line did not come through both proxies' },
  { hops: 1, line: 'unknown', is: '192.0.2.1', why: 'no address' },
  { hops: 1, line: '', is: '192.0.2.1', why: 'an empty line' },
  { hops: 1, line: '203.0.113.9:4711', is: '203.0.113.9', why: 'a port is dropped' },
  { hops: 1, line: '[2001:DB8::1]:4711', is: '2001:db8::1', why: 'brackets and port are dropped' },
  { hops: 1, line: '::ffff:203.0.113.9', is: '203.0.113.9', why: 'IPv4 in IPv6 is IPv4' },
  { hops: 1, line: '0x7f.1', is: '192.0.2.1', why: 'only four decimal parts are IPv4' },
])('$why', ({ hops, line, is }) => {
  expect(resolveClientAddress({ socketAddress, forwardedFor: line, trustedProxyHops: hops })).toBe(is);
});

test('an IPv4-mapped IPv6 socket address gives the same address as plain IPv4', () => {
  const mapped = { socketAddress: '::ffff:192.0.2.1', forwardedFor: undefined, trustedProxyHops: 0 };
  expect(resolveClientAddress(mapped)).toBe('192.0.2.1');
});

test('IPv6 visitors count by their /64, IPv4 visitors by their address', () => {
  expect(addressKey('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
  expect(addressKey('2001:db8:1:2::1')).toBe(addressKey('2001:db8:1:2:ffff::'));
  expect(addressKey('2001:db8:1:3::1')).not.toBe(addressKey('2001:db8:1:2::1'));
  expect(addressKey('192.0.2.1')).toBe('192.0.2.1');
});

test('free checks count by wider networks: IPv6 by /56 and /48, IPv4 by the address alone', () => {
  expect(networksOf('2001:db8:1:2ff:3::1')).toEqual({ household: '2001:db8:1:200::/56', site: '2001:db8:1::/48' });
  expect(networksOf('2001:db8:1:200::1')).toEqual(networksOf('2001:db8:1:2ff:ffff::'));
  expect(networksOf('2001:db8:1:300::1').household).not.toBe(networksOf('2001:db8:1:2ff::1').household);
  expect(networksOf('2001:db8:2::1').site).not.toBe(networksOf('2001:db8:1::1').site);
  expect(networksOf('192.0.2.1')).toEqual({ household: '192.0.2.1', site: null });
});

test('a route reads only the address that the web server determined', () => {
  const headers = new Headers({
    'x-client-address': '2001:db8::7',
    'x-forwarded-for': '203.0.113.9',
    'x-real-ip': '203.0.113.9',
  });
  expect(clientAddress(headers)).toBe('2001:db8::7');
  expect(clientKeyOf(headers)).toBe('2001:db8:0:0::/64');
  expect(clientAddress(new Headers({ 'x-forwarded-for': '203.0.113.9' }))).toBe('unknown');
});

test('attempts on the account pages count a /56 as one client, an IPv4 address by itself', () => {
  const keyOf = (address: string) => attemptKey(new Headers({ [CLIENT_ADDRESS_HEADER]: address }));
  expect(keyOf('2001:db8:1:200::1')).toBe('2001:db8:1:200::/56');
  expect(keyOf('2001:db8:1:2ff:ffff::9')).toBe(keyOf('2001:db8:1:200::1'));
  expect(keyOf('2001:db8:1:300::1')).not.toBe(keyOf('2001:db8:1:200::1'));
  expect(keyOf('192.0.2.1')).toBe('192.0.2.1');
});

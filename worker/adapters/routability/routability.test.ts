import { describe, expect, it } from 'vitest';
import { BadNetError, createRoutability } from './routability';

const PUBLIC = [
  '8.8.8.8',
  '1.1.1.1',
  '172.15.255.255',
  '172.32.0.1',
  '100.63.255.255',
  '100.128.0.1',
  '192.0.1.1',
  '198.17.255.255',
  '198.20.0.1',
  '223.255.255.255',
  '2607:f8b0:4004:c07::1a',
  '2a00:1450:400c:c0b::1b',
  '::ffff:8.8.8.8',
  '64:ff9b::8.8.8.8',
  '2002:808:808::1',
];

const REFUSED: readonly (readonly [string, string])[] = [
  ['0.0.0.0', 'this network'],
  ['0.1.2.3', 'this network'],
  ['10.0.0.1', 'private'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.168.1.1', 'private'],
  ['100.64.0.1', 'carrier-grade NAT'],
  ['100.127.255.255', 'carrier-grade NAT'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['169.254.169.254', 'cloud metadata'],
  ['168.63.129.16', 'cloud metadata'],
  ['192.0.0.8', 'protocol assignments'],
  ['192.0.2.1', 'TEST-NET-1'],
  ['198.51.100.1', 'TEST-NET-2'],
  ['203.0.113.1', 'TEST-NET-3'],
  ['198.18.0.1', 'benchmarks'],
  ['198.19.255.255', 'benchmarks'],
  ['224.0.0.1', 'multicast'],
  ['240.0.0.1', 'reserved'],
  ['255.255.255.255', 'broadcast'],
  ['::', 'unspecified'],
  ['::1', 'loopback'],
  ['::127.0.0.1', 'IPv4-compatible loopback'],
  ['fe80::1', 'link-local'],
  ['fec0::1', 'site-local'],
  ['fc00::1', 'unique local'],
  ['fd00::1', 'unique local'],
  ['fd00:ec2::254', 'cloud metadata'],
  ['ff02::1', 'multicast'],
  ['2001:db8::1', 'documentation'],
  ['3fff::1', 'documentation'],
  ['100::1', 'discard'],
  ['4000::1', 'never handed out'],
  ['::ffff:127.0.0.1', 'mapped loopback'],
  ['::ffff:7f00:1', 'mapped loopback in hex'],
  ['::ffff:169.254.169.254', 'mapped metadata'],
  ['::ffff:10.0.0.1', 'mapped private'],
  ['64:ff9b::127.0.0.1', 'loopback behind NAT64'],
  ['64:ff9b::a9fe:a9fe', 'metadata behind NAT64'],
  ['64:ff9b:1::1', 'local NAT64'],
  ['2002:7f00:1::', 'loopback in 6to4'],
  ['2002:a00:1::1', 'private in 6to4'],
  ['2001:0:a00:1::f5ff:fffe', 'private in Teredo (server)'],
  ['2001:0:808:808::80ff:fffe', 'loopback in Teredo (client)'],
];

const NOT_ADDRESSES = [
  '',
  'localhost',
  'example.org',
  '127.1',
  '0x7f000001',
  '2130706433',
  '0177.0.0.1',
  '010.0.0.1',
  '1.2.3.256',
  '8.8.8.8 ',
  '8.8.8.8:25',
  '[::1]',
  'fe80::1%eth0',
  '8.8.8.8\n',
  '1.2.3',
];

describe('routability', () => {
  const { isDialable } = createRoutability([]);

  it.each(PUBLIC)('%s is public and may be dialed', (address) => {
    expect(isDialable(address)).toBe(true);
  });

  it.each(REFUSED)('%s is never dialed (%s)', (address) => {
    expect(isDialable(address)).toBe(false);
  });

  it.each(NOT_ADDRESSES)('"%s" is not an address in its usual form and is never dialed', (text) => {
    expect(isDialable(text)).toBe(false);
  });

  it('an allowed network opens exactly itself, and its mapped forms', () => {
    const allowing = createRoutability(['127.0.0.0/29', ' fd12:3456::/32', '10.1.2.3']);
    for (const address of ['127.0.0.1', '127.0.0.7', '::ffff:127.0.0.1', '64:ff9b::127.0.0.1', 'fd12:3456::1', '10.1.2.3']) {
      expect(allowing.isDialable(address), address).toBe(true);
    }
    for (const address of ['127.0.0.8', '::ffff:127.0.0.8', 'fd12:3457::1', '10.1.2.4', '::1', '169.254.169.254']) {
      expect(allowing.isDialable(address), address).toBe(false);
    }
  });

  it.each([
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/',
    'fd00::/129',
    '10.0.0/8',
    'example.org/8',
    '10.0.0.0/8/8',
    '',
    '10.0.0.0/8x',
  ])('the allowed network "%s" is an error that names it', (cidr) => {
    expect(() => createRoutability([cidr])).toThrow(BadNetError);
    expect(() => createRoutability([cidr])).toThrow(`"${cidr}"`);
  });
});

import { SANDBOX_CATALOGUE } from '@/lib/verdict/sandbox-catalog';
import type { DecodedPacket, RecordType } from 'dns-packet';
import fc from 'fast-check';
import { createSocket } from 'node:dgram';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDnsPort } from '@/worker/adapters/dns/port';
import { startDnsServer, type DnsServer } from './dns-server';
import { askTcp, askUdp, query } from './raw-dns-client';
import { startSandbox, type Sandbox } from './start-sandbox';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const ask = (name: string, type: RecordType): Promise<DecodedPacket> => askUdp(sandbox.dnsServer, query(name, type));
const rcodeOf = (packet: DecodedPacket): number => (packet.flags ?? 0) & 0xf;
const dataOf = (packet: DecodedPacket): unknown[] =>
  (packet.answers ?? []).map((record) => ('data' in record ? record.data : null));

describe('the zone', () => {
  it('gives each mail host one address of the reserved range, and no two the same', async () => {
    const addresses: unknown[] = [];
    for (const { domain } of SANDBOX_CATALOGUE) {
      const mx = await ask(domain, 'MX');
      const hosts = (mx.answers ?? []).flatMap((record) => (record.type === 'MX' ? [record.data.exchange] : []));
      for (const host of hosts.filter((name) => name !== '.')) addresses.push(...dataOf(await ask(host, 'A')));
    }
    expect(addresses.length).toBeGreaterThan(20);
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(addresses.filter((address) => !/^198\.1[89]\./.test(String(address)))).toEqual(['10.66.0.25']);
  });

  it('has a mail host in order of preference', async () => {
    expect(dataOf(await ask('dead-first-mx.sandbox.test', 'MX'))).toEqual([
      { preference: 10, exchange: 'mx1.dead-first-mx.sandbox.test' },
      { preference: 20, exchange: 'mx2.dead-first-mx.sandbox.test' },
    ]);
  });

  it('has a null MX, a domain with an address only, and a domain with nothing', async () => {
    expect(dataOf(await ask('null-mx.sandbox.test', 'MX'))).toEqual([{ preference: 0, exchange: '.' }]);
    expect(dataOf(await ask('implicit-mx.sandbox.test', 'MX'))).toEqual([]);
    expect(dataOf(await ask('implicit-mx.sandbox.test', 'A'))).toHaveLength(1);
    for (const type of ['MX', 'A', 'AAAA'] as const) {
      const bare = await ask('no-mx.sandbox.test', type);
      expect([rcodeOf(bare), dataOf(bare), bare.authorities?.[0]?.type]).toEqual([0, [], 'SOA']);
    }
  });

  it('answers NXDOMAIN with the SOA for a name that does not exist, whatever the type and case', async () => {
    for (const name of ['nothing-here.sandbox.test', 'mx.nothing-here.sandbox.test', 'Who.Sandbox.TEST']) {
      const gone = await ask(name, 'MX');
      expect([rcodeOf(gone), gone.authorities?.[0]?.type]).toEqual([3, 'SOA']);
    }
    expect(dataOf(await ask('NULL-mx.Sandbox.TEST', 'MX'))).toHaveLength(1);
  });

  it('answers SERVFAIL at and under the broken domain, and REFUSED outside the zone', async () => {
    expect(rcodeOf(await ask('servfail.sandbox.test', 'MX'))).toBe(2);
    expect(rcodeOf(await ask('mx.servfail.sandbox.test', 'A'))).toBe(2);
    expect(rcodeOf(await ask('example.com', 'A'))).toBe(5);
    expect(rcodeOf(await ask('notsandbox.test', 'A'))).toBe(5);
  });

  it('names its SOA and name server', async () => {
    expect((await ask('sandbox.test', 'SOA')).answers?.[0]?.type).toBe('SOA');
    expect(dataOf(await ask('sandbox.test', 'NS'))).toEqual(['ns1.sandbox.test']);
    expect(dataOf(await ask('ns1.sandbox.test', 'A'))).toHaveLength(1);
  });
});

describe('the server', () => {
  it('is understood by the product’s resolver', async () => {
    const dns = createDnsPort({
      servers: ['127.0.0.1:1'],
      timeoutMs: 500,
      tries: 1,
      zoneRoutes: [{ zone: 'sandbox.test', server: sandbox.dnsServer }],
    });
    expect(await dns.exists('deliverable.sandbox.test')).toMatchObject({ kind: 'found' });
    expect(await dns.mx('null-mx.sandbox.test')).toMatchObject({ kind: 'found', records: [{ preference: 0, exchange: '' }] });
    expect(await dns.addresses('implicit-mx.sandbox.test')).toMatchObject({ kind: 'found' });
    expect(await dns.mx('no-mx.sandbox.test')).toMatchObject({ kind: 'no_data' });
    expect(await dns.addresses('no-mx.sandbox.test')).toMatchObject({ kind: 'no_data' });
    expect(await dns.exists('no-mx.sandbox.test')).toMatchObject({ kind: 'found' });
    expect(await dns.exists('nothing-here.sandbox.test')).toMatchObject({ kind: 'no_domain' });
    expect(await dns.exists('servfail.sandbox.test')).toMatchObject({ kind: 'temporary', detail: 'SERVFAIL' });
  });

  it('answers several questions on one TCP connection', async () => {
    const answers = await askTcp(sandbox.dnsServer, [
      query('deliverable.sandbox.test', 'MX'),
      query('null-mx.sandbox.test', 'MX'),
    ]);
    expect(answers.map(dataOf)).toEqual([
      [{ preference: 10, exchange: 'mx.deliverable.sandbox.test' }],
      [{ preference: 0, exchange: '.' }],
    ]);
  });

  it('truncates answers that do not fit over UDP, and sends them whole over TCP', async () => {
    const answers = Array.from({ length: 60 }, (_, i) => ({
      type: 'A' as const,
      name: 'big.test',
      ttl: 1,
      data: `192.0.2.${i}`,
    }));
    const big: DnsServer = await startDnsServer(() => ({ rcode: 0, answers, authorities: [] }));
    const cut = await askUdp(big.server, query('big.test', 'A'));
    const [whole] = await askTcp(big.server, [query('big.test', 'A')]);
    await big.close();
    expect([cut.flag_tc, cut.answers]).toEqual([true, []]);
    expect(whole?.answers).toHaveLength(60);
  });

  it('survives any bytes', async () => {
    const socket = createSocket('udp4');
    const port = Number(sandbox.dnsServer.split(':')[1]);
    const real = query('deliverable.sandbox.test', 'MX');
    const hostile = fc.oneof(
      fc.uint8Array({ maxLength: 600 }),
      fc.tuple(fc.nat(real.length - 1), fc.nat(255)).map(([at, octet]) => real.with(at, octet)),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (bytes) => {
        socket.send(bytes, port, '127.0.0.1');
        return rcodeOf(await ask('deliverable.sandbox.test', 'MX')) === 0;
      }),
      { numRuns: 500 },
    );
    socket.close();
  });
});

import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DNS_OTHER_HOSTS_MS } from '@/lib/platform/limits';
import type { Reason } from '@/lib/verdict/verdict';
import { NOW, fakePorts, subjectOf, syntaxFound } from '@/tests/engine/fake-ports';
import type { DnsAnswer, MxRecord } from '../ports';
import { mxLayer } from './mx';

type Addresses = Readonly<Record<string, DnsAnswer<string>>>;
const PUBLIC = '192.0.2.1';
const PRIVATE = '10.0.0.1';
const at = (...records: string[]): DnsAnswer<string> => ({ kind: 'found', records });
const mxOf = (...records: [number, string][]): DnsAnswer<MxRecord> => ({
  kind: 'found',
  records: records.map(([preference, exchange]) => ({ preference, exchange })),
});
const SERVFAIL = { kind: 'temporary', detail: 'SERVFAIL' } as const;

const look = async (mx: DnsAnswer<MxRecord>, addresses: Addresses = {}, random: () => number = () => 0) =>
  mxLayer(
    subjectOf('x'),
    syntaxFound(),
    fakePorts({
      dns: { mx: () => Promise.resolve(mx), addresses: (host) => Promise.resolve(addresses[host] ?? { kind: 'no_domain' }) },
      isDialable: (address) => address !== PRIVATE,
      random,
    }),
  );

describe('the mx layer', () => {
  const CASES: readonly [string, DnsAnswer<MxRecord>, Addresses, Reason | null, readonly string[]][] = [
    ['takes the host with a public address', mxOf([10, 'a.example']), { 'a.example': at(PUBLIC) }, null, ['a.example']],
    [
      'goes by preference',
      mxOf([20, 'b.example'], [10, 'a.example']),
      { 'a.example': at(PUBLIC), 'b.example': at(PUBLIC) },
      null,
      ['a.example', 'b.example'],
    ],
    [
      'asks a host named twice once',
      mxOf([10, 'a.example'], [20, 'a.example']),
      { 'a.example': at(PUBLIC) },
      null,
      ['a.example'],
    ],
    [
      'skips a host that does not resolve',
      mxOf([10, 'gone.example'], [20, 'b.example']),
      { 'b.example': at(PUBLIC) },
      null,
      ['b.example'],
    ],
    [
      'skips a host with private addresses only',
      mxOf([10, 'a.example'], [20, 'b.example']),
      { 'a.example': at(PRIVATE), 'b.example': at(PUBLIC) },
      null,
      ['b.example'],
    ],
    [
      'skips a host whose look-up failed while another answers',
      mxOf([10, 'a.example'], [20, 'b.example']),
      { 'a.example': SERVFAIL, 'b.example': at(PUBLIC) },
      null,
      ['b.example'],
    ],
    [
      'skips an address in place of a name',
      mxOf([10, PUBLIC], [20, 'b.example']),
      { 'b.example': at(PUBLIC) },
      null,
      ['b.example'],
    ],
    [
      'steps over a root exchange beside others',
      mxOf([0, ''], [10, 'a.example']),
      { 'a.example': at(PUBLIC) },
      null,
      ['a.example'],
    ],
    [
      'takes the domain itself where it has no MX (RFC 5321 5.1)',
      { kind: 'no_data' },
      { 'example.com': at(PUBLIC) },
      null,
      ['example.com'],
    ],
    ['finds a null MX (RFC 7505)', mxOf([0, '']), {}, 'null_mx', []],
    [
      'finds nobody where there is neither MX nor address',
      { kind: 'no_data' },
      { 'example.com': { kind: 'no_data' } },
      'no_mx',
      [],
    ],
    [
      'finds no way to an implicit host on a private address',
      { kind: 'no_data' },
      { 'example.com': at(PRIVATE) },
      'mx_unroutable',
      [],
    ],
    [
      'finds no way to hosts on private addresses',
      mxOf([10, 'a.example'], [20, 'b.example']),
      { 'a.example': at(PRIVATE), 'b.example': at(PRIVATE) },
      'mx_unroutable',
      [],
    ],
    ['finds no way to hosts that do not resolve', mxOf([10, 'gone.example']), {}, 'mx_unroutable', []],
    ['finds no way to an address in place of a name', mxOf([10, PUBLIC]), {}, 'mx_unroutable', []],
    ['does not judge when the MX look-up failed', SERVFAIL, {}, 'dns_temporary_error', []],
    [
      'does not judge when every host’s look-up failed',
      mxOf([10, 'a.example']),
      { 'a.example': SERVFAIL },
      'dns_temporary_error',
      [],
    ],
    [
      'does not judge when one look-up failed and the rest lead nowhere',
      mxOf([10, 'a.example'], [20, 'b.example']),
      { 'a.example': SERVFAIL, 'b.example': at(PRIVATE) },
      'dns_temporary_error',
      [],
    ],
    ['believes an NXDOMAIN that comes late', { kind: 'no_domain' }, {}, 'domain_not_found', []],
  ];
  it.each(CASES)('%s', async (...[, mx, addresses, endsWith, hosts]) => {
    const finding = await look(mx, addresses);
    expect(finding.endsWith).toBe(endsWith);
    expect(finding.facts.hosts.map((host) => host.name)).toEqual(hosts);
    expect(finding.evidence.length).toBeGreaterThan(0);
    expect(finding.evidence.every((item) => item.layer === 'mx' && item.stage === 'dns')).toBe(true);
  });

  it('returns only addresses that may be dialed, and shows the others as evidence', async () => {
    const finding = await look(mxOf([10, 'a.example']), { 'a.example': at(PRIVATE, PUBLIC, '2001:db8::1') });
    expect(finding.facts.hosts[0]?.addresses).toEqual([PUBLIC, '2001:db8::1']);
    expect(finding.evidence[1]?.text).toContain(`${PRIVATE} (not public)`);
  });

  it('shuffles hosts of equal preference and no others', async () => {
    const names = ['a.example', 'b.example', 'c.example', 'z.example'];
    const addresses = Object.fromEntries(names.map((name) => [name, at(PUBLIC)]));
    const mx = mxOf([10, 'a.example'], [10, 'b.example'], [10, 'c.example'], [20, 'z.example']);
    const firsts = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 4, maxLength: 4 }), async (lots) => {
        const drawn = [...lots];
        const hosts = (await look(mx, addresses, () => drawn.pop() ?? 0)).facts.hosts.map((host) => host.name);
        expect([...hosts].sort()).toEqual(names);
        expect(hosts.at(-1)).toBe('z.example');
        firsts.add(hosts[0] ?? '');
      }),
    );
    expect(firsts.size).toBe(3);
  });

  it('resolves no more than ten hosts, whatever the domain publishes', async () => {
    const many = Array.from({ length: 500 }, (_, i): [number, string] => [i, `mx${String(i)}.example`]);
    const finding = await look(mxOf(...many), Object.fromEntries(many.map(([, name]) => [name, at(PUBLIC)])));
    expect(finding.facts.hosts).toHaveLength(10);
    expect(finding.facts.hosts[0]?.name).toBe('mx0.example');
    expect(finding.evidence).toHaveLength(11);
  });

  it('recognizes the provider by its hosts, never by a customer’s own name', async () => {
    const google = await look(mxOf([1, 'aspmx.l.google.com']), { 'aspmx.l.google.com': at(PUBLIC) });
    expect(google.facts.provider?.id).toBe('google-workspace');
    const own = await look({ kind: 'no_data' }, { 'example.com': at(PUBLIC) });
    expect(own.facts).toMatchObject({ implicit: true, provider: null });
  });

  it('is not held up past the deadline by a resolver that never answers', async () => {
    const ports = fakePorts({ dns: { addresses: () => new Promise(() => undefined) } });
    const finding = await mxLayer(subjectOf('x', { deadline: NOW }), syntaxFound(), ports);
    expect(finding.endsWith).toBe('dns_temporary_error');
  });
});

describe('a host whose name servers are silent', () => {
  afterEach(() => {
    vi.useRealTimers();
  });
  /** The hosts that the layer has found after `waitMs`, for a domain with two hosts; null if it is still waiting. */
  const hostsWhereSilent = async (silent: string, waitMs: number): Promise<readonly string[] | null> => {
    vi.useFakeTimers();
    let names: readonly string[] | null = null;
    const ports = fakePorts({
      dns: {
        mx: () => Promise.resolve(mxOf([10, 'first.example'], [20, 'second.example'])),
        addresses: (host) => (host === silent ? new Promise(() => undefined) : Promise.resolve(at(PUBLIC))),
      },
    });
    const looking = Promise.resolve(mxLayer(subjectOf('x', { deadline: NOW + 10_000 }), syntaxFound(), ports));
    void looking.then(({ facts }) => (names = facts.hosts.map(({ name }) => name)));
    await vi.advanceTimersByTimeAsync(waitMs);
    return names;
  };

  it('is left out soon after a preferred one is known', async () => {
    expect(await hostsWhereSilent('second.example', DNS_OTHER_HOSTS_MS - 100)).toBeNull();
    expect(await hostsWhereSilent('second.example', DNS_OTHER_HOSTS_MS)).toEqual(['first.example']);
  });

  it('is awaited until the deadline if it is the preferred one', async () => {
    expect(await hostsWhereSilent('first.example', 9_900)).toBeNull();
    expect(await hostsWhereSilent('first.example', 10_000)).toEqual(['second.example']);
  });
});

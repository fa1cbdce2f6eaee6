// Servers that are slow, lose packets, fail or deny everything, and a process that is busy: no domain that exists ends as an error.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { DNS_LAME_AFTER, DNS_QUESTION_MAX_MS, DNS_TRIES_A_SERVER } from '@/lib/platform/limits';
import { startScriptedDnsServer, type DnsScript, type ScriptedAnswer } from '@/simulators/mail/scripted-dns-server';
import type { DnsPort } from '../../engine/ports';
import { type ClosableDnsPort, createDnsPort } from './port';

const LONG_MS = 60_000;
const NXDOMAIN: ScriptedAnswer = { rcode: 3 };
const SERVFAIL: ScriptedAnswer = { rcode: 2 };
const REFUSED: ScriptedAnswer = { rcode: 5 };
const DEAD = '127.0.0.1:1';

/** Every domain has one mail host with one IPv4 address. */
const world: DnsScript = ({ name, type }) => {
  if (type === 'MX') return { answers: [{ type, name, ttl: 60, data: { preference: 10, exchange: `mx.${name}` } }] };
  return type === 'A' ? { answers: [{ type, name, ttl: 60, data: '192.0.2.1' }] } : {};
};
const after =
  (ms: number, script: DnsScript = world): DnsScript =>
  async (...asked) => {
    await sleep(ms);
    return script(...asked);
  };
const silent: DnsScript = () => null;
/** Every other packet is lost, which TCP would send again. */
const losing = (): DnsScript => {
  let packets = 0;
  return (...asked) => (asked[1] === 'udp' && (packets += 1) % 2 === 0 ? null : world(...asked));
};
/** Fails the first time it is asked about each name. */
const failingAtFirst = (): DnsScript => {
  const asked = new Set<string>();
  return (question, ...more) => {
    if (asked.has(question.name)) return world(question, ...more);
    asked.add(question.name);
    return SERVFAIL;
  };
};

const servers: { close(): void }[] = [];
const start = async (script: DnsScript) => {
  const server = await startScriptedDnsServer(script);
  servers.push(server);
  return server;
};
afterAll(() => {
  for (const server of servers) server.close();
});

const PATIENCE = { timeoutMs: DNS_QUESTION_MAX_MS, tries: DNS_TRIES_A_SERVER };
const portFor = (...named: { server: string }[]): ClosableDnsPort =>
  createDnsPort({ servers: named.map(({ server }) => server), ...PATIENCE });
const dead = { server: DEAD };
const domains = (count: number): string[] => Array.from({ length: count }, (_, index) => `d${String(index)}.test`);

/** Asks like the engine: whether the domain exists, its mail hosts, their addresses. */
async function kindsOf(dns: DnsPort, names: readonly string[]): Promise<string[]> {
  return Promise.all(
    names.map(async (name) => {
      const exists = await dns.exists(name);
      const mx = exists.kind === 'found' ? await dns.mx(name) : exists;
      const host = mx.kind === 'found' && 'records' in mx ? mx.records[0] : undefined;
      if (host === undefined || typeof host === 'string') return mx.kind;
      return (await dns.addresses(host.exchange)).kind;
    }),
  );
}
const allFound = (count: number): string[] => domains(count).map(() => 'found');

// Tests that only wait do so in parallel.
describe('no domain that exists ends as an error', () => {
  it.concurrent('at a server that takes a second for each answer', { timeout: LONG_MS }, async () => {
    const slow = await start(after(1_000));
    expect(await kindsOf(portFor(slow), domains(100))).toEqual(allFound(100));
    expect(slow.questions.length).toBeLessThanOrEqual(3 * 100 * 2);
  });

  it.concurrent('at a server that answers after four seconds', { timeout: LONG_MS }, async () => {
    const slow = await start(after(4_000));
    expect(await kindsOf(portFor(slow), domains(50))).toEqual(allFound(50));
    expect(slow.questions.length).toBeLessThanOrEqual(3 * 50 * 3);
  });

  it('at a server that loses every other packet', { timeout: LONG_MS }, async () => {
    const lossy = await start(losing());
    expect(await kindsOf(portFor(lossy), domains(300))).toEqual(allFound(300));
    expect(lossy.questions.length).toBeLessThanOrEqual(3 * 300 * 4);
  });

  it.concurrent('at a server that loses all packets, by a question over TCP', { timeout: LONG_MS }, async () => {
    const lossy = await start((...asked) => (asked[1] === 'tcp' ? world(...asked) : null));
    expect(await portFor(lossy).mx('a.test')).toMatchObject({ kind: 'found' });
    expect(lossy.questions.filter((question) => question.startsWith('tcp'))).toEqual(['tcp MX a.test']);
  });

  it('while the event loop is held for longer than a question may take', { timeout: LONG_MS }, async () => {
    const well = await start(world);
    const dns = createDnsPort({ servers: [well.server], timeoutMs: 1_500, tries: 4 });
    const asked = kindsOf(dns, domains(150));
    await sleep(5);
    const until = performance.now() + 2_000;
    while (performance.now() < until);
    expect(await asked).toEqual(allFound(150));
  });

  it.concurrent('when the first server is dead, which is found out once', { timeout: LONG_MS }, async () => {
    const well = await start(world);
    expect(await kindsOf(portFor(dead, well), domains(100))).toEqual(allFound(100));
  });

  it('when the first server is silent, and is then asked last', { timeout: LONG_MS }, async () => {
    const [gone, well] = [await start(silent), await start(world)];
    const dns = portFor(gone, well);
    expect(await kindsOf(dns, domains(20))).toEqual(allFound(20));
    const before = gone.questions.length;
    expect(before).toBeGreaterThanOrEqual(DNS_LAME_AFTER);
    expect(await kindsOf(dns, ['late1.test', 'late2.test', 'late3.test'])).toEqual(allFound(3));
    expect(gone.questions.length).toBe(before);
  });

  it.each([
    ['SERVFAIL', SERVFAIL],
    ['REFUSED', REFUSED],
  ])('when the first server says %s to everything', { timeout: LONG_MS }, async (_, failure) => {
    const [ill, well] = [await start(() => failure), await start(world)];
    expect(await kindsOf(portFor(ill, well), domains(50))).toEqual(allFound(50));
    expect(ill.questions.length).toBeLessThanOrEqual(3 * 50);
  });

  it('at a server that does not know EDNS, which is sent it once', { timeout: LONG_MS }, async () => {
    const old = await start((question, _, additionals) => (additionals > 0 ? { rcode: 1 } : world(question, 'udp', 0)));
    const dns = portFor(old);
    expect(await kindsOf(dns, ['a.test'])).toEqual(['found']);
    expect(await kindsOf(dns, ['b.test'])).toEqual(['found']);
    expect(old.questions.filter((question) => question === 'udp MX a.test')).toHaveLength(2);
    expect(old.questions.filter((question) => question === 'udp MX b.test')).toHaveLength(1);
  });

  it.concurrent('where nobody answers for IPv6', { timeout: LONG_MS }, async () => {
    const half = await start((question, ...more) => (question.type === 'AAAA' ? null : world(question, ...more)));
    const dns = createDnsPort({ servers: [half.server], timeoutMs: 20_000, tries: 3 });
    const startedAt = performance.now();
    expect(await dns.addresses('mx.test')).toMatchObject({ kind: 'found', records: ['192.0.2.1'] });
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  it('when a server fails for a moment', { timeout: LONG_MS }, async () => {
    const fickle = await start(failingAtFirst());
    expect(await kindsOf(portFor(fickle), domains(20))).toEqual(allFound(20));
  });
});

describe('a server that denies everything', () => {
  const denying: DnsScript = () => NXDOMAIN;

  it.concurrent('is not believed beside one that is only slow', { timeout: LONG_MS }, async () => {
    const [slow, liar] = [await start(after(2_500)), await start(denying)];
    expect(await kindsOf(portFor(slow, liar), domains(20))).toEqual(allFound(20));
  });

  it('is not believed next to one that loses packets', { timeout: LONG_MS }, async () => {
    const lossy = await start(losing());
    const liar = await start(denying);
    expect(await kindsOf(portFor(lossy, liar), domains(50))).toEqual(allFound(50));
  });

  it.concurrent('is not believed beside one that failed for a moment', { timeout: LONG_MS }, async () => {
    const fickle = await start(failingAtFirst());
    expect(await kindsOf(portFor(fickle, await start(denying)), domains(20))).toEqual(allFound(20));
  });

  it.concurrent('is all there is when nobody else answers', { timeout: LONG_MS }, async () => {
    const [gone, liar] = [await start(() => REFUSED), await start(denying)];
    expect(await portFor(gone, liar).exists('a.test')).toMatchObject({ kind: 'no_domain' });
  });
});

describe('questions about a domain that cannot be known', () => {
  it.concurrent('ends in bounded time with a bounded number of questions', { timeout: LONG_MS }, async () => {
    const gone = await start(silent);
    const dns = createDnsPort({ servers: [gone.server], timeoutMs: 3_000, tries: DNS_TRIES_A_SERVER });
    expect(await dns.mx('a.test')).toMatchObject({ kind: 'temporary', detail: 'TIMEOUT' });
    expect(gone.questions.length).toBeLessThanOrEqual(DNS_TRIES_A_SERVER + 1);
  });

  it.concurrent('is asked three times of a server that fails, and not more', { timeout: LONG_MS }, async () => {
    const ill = await start(() => SERVFAIL);
    expect(await portFor(ill).mx('a.test')).toMatchObject({ kind: 'temporary', detail: 'SERVFAIL' });
    expect(ill.questions).toHaveLength(3);
  });
});

it('gives up pending questions when it is closed, so that a process can end', async () => {
  const server = await start(silent);
  const dns = portFor(server);
  const asked = kindsOf(dns, domains(3));
  await sleep(50);
  const before = performance.now();
  dns.close();
  expect(await asked).toEqual(['temporary', 'temporary', 'temporary']);
  expect(performance.now() - before).toBeLessThan(DNS_QUESTION_MAX_MS / 4);
});

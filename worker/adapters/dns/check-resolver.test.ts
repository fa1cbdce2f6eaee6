import type { Question } from 'dns-packet';
import { afterEach, describe, expect, it } from 'vitest';
import { RESOLVER_CHECK_MAX_MS } from '@/lib/platform/limits';
import { createResolverCheck } from './resolver-health';
import {
  startScriptedDnsServer,
  type DnsScript,
  type ScriptedAnswer,
  type ScriptedDnsServer,
} from '@/simulators/mail/scripted-dns-server';

const NXDOMAIN: ScriptedAnswer = { rcode: 3 };
const BIG = ['gmail.com', 'outlook.com', 'yahoo.com', 'icloud.com'];
const HIJACK = '198.51.100.7';

const mxOf = ({ name, type }: Question): ScriptedAnswer =>
  type === 'MX' ? { answers: [{ name, type, ttl: 60, data: { preference: 5, exchange: `mx.${name}` } }] } : {};
const addressOf = ({ name, type }: Question): ScriptedAnswer =>
  type === 'A' ? { answers: [{ name, type, ttl: 60, data: HIJACK }] } : {};
const knows =
  (names: readonly string[]): DnsScript =>
  (question) =>
    names.includes(question.name) ? mxOf(question) : NXDOMAIN;

const servers: ScriptedDnsServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function checkOf(script: DnsScript) {
  const server = await startScriptedDnsServer(script);
  servers.push(server);
  return { check: createResolverCheck({ servers: [server.server] }), server };
}

describe('a resolver', () => {
  const CASES: readonly [string, DnsScript, object][] = [
    ['that knows big names and denies made-up ones is healthy', knows(BIG), { state: 'healthy', detail: null, invented: [] }],
    ['that filters one big name is healthy', knows(BIG.slice(1)), { state: 'healthy' }],
    ['that denies half of them is not', knows(BIG.slice(2)), { state: 'denies_known' }],
    ['that denies everything denies what is known', () => NXDOMAIN, { state: 'denies_known' }],
    ['that has no record of anything denies it as well', () => ({}), { state: 'denies_known' }],
    [
      'that answers made-up names with an address of its own invents',
      (question) => (BIG.includes(question.name) ? mxOf(question) : addressOf(question)),
      { state: 'invents', invented: [HIJACK, HIJACK] },
    ],
    ['that answers everything with an address denies the mail of big names', addressOf, { state: 'denies_known' }],
    ['that finds a mail host for everything invents', mxOf, { state: 'invents', invented: [] }],
    ['that fails is silent and says why', () => ({ rcode: 2 }), { state: 'silent', detail: 'SERVFAIL' }],
    ['that refuses us is silent', () => ({ rcode: 5 }), { state: 'silent', detail: 'REFUSED' }],
  ];
  it.each(CASES)('%s', async (_, script, findings) => {
    const { check } = await checkOf(script);
    expect(await check()).toMatchObject({ isChosen: true, ...findings });
  });

  it('that says nothing is waited for only until the limit', async () => {
    const { check } = await checkOf(() => null);
    const startedAt = performance.now();
    expect(await check()).toMatchObject({ state: 'silent', detail: 'TIMEOUT' });
    expect(performance.now() - startedAt).toBeLessThan(2 * RESOLVER_CHECK_MAX_MS);
  });

  it('is asked again each time, about other made-up names, so that a repair shows', async () => {
    let isBroken = true;
    const { check, server } = await checkOf((...asked) => (isBroken ? NXDOMAIN : knows(BIG)(...asked)));
    expect((await check()).state).toBe('denies_known');
    const madeUp = server.questions.filter((question) => /[0-9a-f]{28}\.(com|org)$/.test(question));
    isBroken = false;
    expect((await check()).state).toBe('healthy');
    const later = server.questions.filter((question) => /[0-9a-f]{28}\.(com|org)$/.test(question)).slice(madeUp.length);
    expect(later.length).toBeGreaterThanOrEqual(madeUp.length);
    expect(later.filter((question) => madeUp.includes(question))).toEqual([]);
  });
});

describe('several servers', () => {
  const checkOfAll = async (...scripts: DnsScript[]) => {
    const started = await Promise.all(scripts.map((script) => startScriptedDnsServer(script)));
    servers.push(...started);
    return createResolverCheck({ servers: started.map(({ server }) => server) })();
  };

  it('are no better than the worst that answers, since any of them may stand in for another', async () => {
    expect(await checkOfAll(knows(BIG), () => NXDOMAIN)).toMatchObject({ state: 'denies_known' });
    expect(await checkOfAll(knows(BIG), mxOf)).toMatchObject({ state: 'invents' });
    expect(
      await checkOfAll(
        () => null,
        () => NXDOMAIN,
      ),
    ).toMatchObject({ state: 'denies_known' });
  });

  it('are healthy if the others are silent', async () => {
    expect(await checkOfAll(() => null, knows(BIG))).toMatchObject({ state: 'healthy', detail: null });
    expect(await checkOfAll(() => ({ rcode: 2 }), knows(BIG))).toMatchObject({ state: 'healthy' });
  });
});

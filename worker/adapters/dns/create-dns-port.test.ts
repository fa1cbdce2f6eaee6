import type { Answer, Question } from 'dns-packet';
import { afterEach, describe, expect, it } from 'vitest';
import { DNS_ALIASES_MAX } from '@/lib/platform/limits';
import { createDnsPort } from './port';
import {
  startScriptedDnsServer,
  type DnsScript,
  type ScriptedAnswer,
  type ScriptedDnsServer,
} from '@/simulators/mail/scripted-dns-server';

const NXDOMAIN: ScriptedAnswer = { rcode: 3 };
const NODATA: ScriptedAnswer = {};
const SERVFAIL: ScriptedAnswer = { rcode: 2 };

const a = (name: string, data: string, ttl = 60): Answer => ({ type: 'A', name, ttl, data });
const aaaa = (name: string, data: string, ttl = 60): Answer => ({ type: 'AAAA', name, ttl, data });
const mx = (name: string, preference: number, exchange: string): Answer => ({ type: 'MX', name, data: { preference, exchange } });

/** Answers by record type, whatever the name. */
const byType =
  (types: Partial<Record<string, ScriptedAnswer | null>>): DnsScript =>
  ({ type }: Question) => {
    const scripted = types[type];
    return scripted === undefined ? NODATA : scripted;
  };

const servers: ScriptedDnsServer[] = [];
const start = async (script: DnsScript): Promise<ScriptedDnsServer> => {
  const server = await startScriptedDnsServer(script);
  servers.push(server);
  return server;
};
const portFor = async (script: DnsScript, now?: () => number) => {
  const { server, questions } = await start(script);
  const dns = createDnsPort({ servers: [server], timeoutMs: 250, tries: 1, ...(now === undefined ? {} : { now }) });
  return { dns, questions };
};
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

describe('what a failed question means', () => {
  it('tells a name that does not exist from a name without the record', async () => {
    const { dns } = await portFor(({ name }) => (name === 'gone.test' ? NXDOMAIN : NODATA));
    expect(await dns.mx('gone.test')).toMatchObject({ kind: 'no_domain' });
    expect(await dns.mx('empty.test')).toMatchObject({ kind: 'no_data' });
    expect(await dns.addresses('gone.test')).toMatchObject({ kind: 'no_domain' });
    expect(await dns.addresses('empty.test')).toMatchObject({ kind: 'no_data' });
  });

  it.each([
    ['FORMERR', 1],
    ['SERVFAIL', 2],
    ['NOTIMP', 4],
    ['REFUSED', 5],
  ])('treats %s as temporary and names it', async (detail, rcode) => {
    const { dns } = await portFor(() => ({ rcode }));
    expect(await dns.mx('a.test')).toMatchObject({ kind: 'temporary', detail });
    expect(await dns.addresses('a.test')).toMatchObject({ kind: 'temporary', detail });
    expect(await dns.exists('a.test')).toMatchObject({ kind: 'temporary', detail });
  });

  it('treats silence as temporary', async () => {
    const { dns } = await portFor(() => null);
    expect(await dns.mx('a.test')).toMatchObject({ kind: 'temporary', detail: 'TIMEOUT' });
  });

  it('treats a missing resolver as temporary', async () => {
    const dns = createDnsPort({ servers: ['127.0.0.1:1'], timeoutMs: 250, tries: 1 });
    expect(await dns.mx('a.test')).toMatchObject({ kind: 'temporary', detail: 'CONNREFUSED' });
  });

  it.each(['', '.', 'a..test', `${'x'.repeat(64)}.test`, 'a b.test', '2001:db8::1'])(
    'knows without asking that %j cannot exist',
    async (name) => {
      const { dns, questions } = await portFor(() => SERVFAIL);
      expect(await dns.addresses(name)).toMatchObject({ kind: 'no_domain' });
      expect(questions).toEqual([]);
    },
  );
});

describe('mx', () => {
  it('gives hosts in lower case without the trailing dot, by preference', async () => {
    const { dns } = await portFor(({ name }) => ({ answers: [mx(name, 20, 'B.Example.Test.'), mx(name, 10, 'a.example.test')] }));
    expect(await dns.mx('Example.TEST.')).toMatchObject({
      kind: 'found',
      records: [
        { preference: 10, exchange: 'a.example.test' },
        { preference: 20, exchange: 'b.example.test' },
      ],
    });
  });

  it('gives a null MX (RFC 7505) an empty exchange', async () => {
    const { dns } = await portFor(({ name }) => ({ answers: [mx(name, 0, '.')] }));
    expect(await dns.mx('a.test')).toMatchObject({ kind: 'found', records: [{ preference: 0, exchange: '' }] });
  });

  it('asks again over TCP when the answer was truncated, and keeps a limited number of records', async () => {
    const { dns, questions } = await portFor(({ name }) => ({
      truncated: true,
      answers: Array.from({ length: 100 }, (_, i) => mx(name, 100 - i, `mx${100 - i}.example.test`)),
    }));
    const answer = await dns.mx('a.test');
    const records = answer.kind === 'found' ? answer.records : [];
    expect(records).toHaveLength(64);
    expect(records[0]).toEqual({ preference: 1, exchange: 'mx1.example.test' });
    expect(questions).toEqual(['udp MX a.test', 'tcp MX a.test']);
  });
});

describe('addresses', () => {
  it('gives IPv4 before IPv6, each once', async () => {
    const { dns } = await portFor(({ name, type }) => ({
      answers: type === 'A' ? [a(name, '192.0.2.1'), a(name, '192.0.2.1'), a(name, '192.0.2.2')] : [aaaa(name, '2001:db8::1')],
    }));
    expect(await dns.addresses('mx.test')).toMatchObject({ kind: 'found', records: ['192.0.2.1', '192.0.2.2', '2001:db8::1'] });
  });

  it('follows an alias, and reports an alias to nothing as no data', async () => {
    const { dns } = await portFor(({ name, type }) => ({
      answers: [
        { type: 'CNAME', name, data: 'real.test' },
        ...(name === 'alias.test' && type === 'A' ? [a('real.test', '192.0.2.9')] : []),
      ],
    }));
    expect(await dns.addresses('alias.test')).toMatchObject({ kind: 'found', records: ['192.0.2.9'] });
    expect(await dns.addresses('dangling.test')).toMatchObject({ kind: 'no_data' });
  });

  /** Each name is an alias of the next; the server follows none of them. */
  const chainOf = (aliases: number): DnsScript => {
    return ({ name, type }) => {
      const at = Number(name.replace(/\D/g, ''));
      if (at < aliases) return { answers: [{ type: 'CNAME', name, data: `n${String(at + 1)}.test` }] };
      if (type === 'MX') return { answers: [mx(name, 10, 'mx.test')] };
      return type === 'A' ? { answers: [a(name, '192.0.2.9')] } : NODATA;
    };
  };

  it('follows aliases that the server leaves to us, but only a few', async () => {
    const { dns } = await portFor(chainOf(DNS_ALIASES_MAX));
    expect(await dns.addresses('n0.test')).toMatchObject({ kind: 'found', records: ['192.0.2.9'] });
    expect(await dns.mx('n0.test')).toMatchObject({ kind: 'found', records: [{ preference: 10, exchange: 'mx.test' }] });
    const { dns: other } = await portFor(chainOf(DNS_ALIASES_MAX + 1));
    expect(await other.addresses('n0.test')).toMatchObject({ kind: 'temporary', detail: 'ALIASES' });
  });

  it('reports circular aliases as no data, and an alias of a missing name as no domain', async () => {
    const { dns } = await portFor(({ name }) => {
      if (name === 'gone.test') return NXDOMAIN;
      const data = { 'one.test': 'two.test', 'two.test': 'one.test' }[name] ?? 'gone.test';
      return { answers: [{ type: 'CNAME', name, data }] };
    });
    expect(await dns.addresses('one.test')).toMatchObject({ kind: 'no_data' });
    expect(await dns.addresses('left.test')).toMatchObject({ kind: 'no_domain' });
  });

  it('asks DNS about an MX that looks like an IPv4 address, and never treats it as one', async () => {
    const { dns, questions } = await portFor(() => NXDOMAIN);
    expect(await dns.addresses('192.0.2.1')).toMatchObject({ kind: 'no_domain' });
    expect(questions).toContain('udp A 192.0.2.1');
  });

  it.each<[string, Partial<Record<string, ScriptedAnswer | null>>, object]>([
    ['found beside a failure is found', { A: SERVFAIL, AAAA: { answers: [aaaa('m.test', '2001:db8::1')] } }, { kind: 'found' }],
    ['nothing beside a failure is temporary', { A: NODATA, AAAA: SERVFAIL }, { kind: 'temporary', detail: 'SERVFAIL' }],
    ['no name beside a failure is temporary', { A: SERVFAIL, AAAA: NXDOMAIN }, { kind: 'temporary', detail: 'SERVFAIL' }],
    ['NXDOMAIN for one family alone is no data', { A: NODATA, AAAA: NXDOMAIN }, { kind: 'no_data' }],
    ['NXDOMAIN beside an address is found', { A: { answers: [a('m.test', '192.0.2.1')] }, AAAA: NXDOMAIN }, { kind: 'found' }],
  ])('%s', async (_, script, expected) => {
    const { dns } = await portFor(byType(script));
    expect(await dns.addresses('m.test')).toMatchObject(expected);
  });
});

describe('exists', () => {
  it('says yes to a name that only has children, with one question that mx then shares', async () => {
    const { dns, questions } = await portFor(() => NODATA);
    expect(await dns.exists('parent.test')).toMatchObject({ kind: 'found', records: ['parent.test'] });
    await dns.mx('parent.test');
    expect(questions).toEqual(['udp MX parent.test']);
  });

  it('says no only when two record types agree', async () => {
    const agreed = await portFor(() => NXDOMAIN);
    expect(await agreed.dns.exists('gone.test')).toMatchObject({ kind: 'no_domain' });
    const disagreed = await portFor(byType({ MX: NXDOMAIN, A: { answers: [a('x.test', '192.0.2.1')] } }));
    expect(await disagreed.dns.exists('x.test')).toMatchObject({ kind: 'found', records: ['x.test'] });
    const unsure = await portFor(byType({ MX: NXDOMAIN, A: SERVFAIL }));
    expect(await unsure.dns.exists('x.test')).toMatchObject({ kind: 'temporary', detail: 'SERVFAIL' });
  });
});

describe('memory', () => {
  it('asks identical questions that come at the same time once', async () => {
    const { dns, questions } = await portFor(({ name }) => ({ answers: [mx(name, 1, 'mx.test')] }));
    const answers = await Promise.all([dns.mx('a.test'), dns.mx('A.test.'), dns.exists('a.test'), dns.mx('a.test')]);
    expect(questions).toEqual(['udp MX a.test']);
    expect(answers[0]).toEqual(answers[3]);
  });

  it('keeps addresses for their TTL, and no longer than five minutes', async () => {
    let now = 0;
    const ttl = (name: string): number => (name === 'short.test' ? 20 : 86_400);
    const { dns, questions } = await portFor(
      ({ name, type }) => (type === 'A' ? { answers: [a(name, '192.0.2.1', ttl(name))] } : NODATA),
      () => now,
    );
    const asksA = async (name: string): Promise<number> => {
      await dns.addresses(name);
      return questions.filter((question) => question === `udp A ${name}`).length;
    };
    expect([await asksA('short.test'), await asksA('long.test')]).toEqual([1, 1]);
    now = 19_999;
    expect(await asksA('short.test')).toBe(1);
    now = 20_000;
    expect(await asksA('short.test')).toBe(2);
    now = 299_999;
    expect(await asksA('long.test')).toBe(1);
    now = 300_000;
    expect(await asksA('long.test')).toBe(2);
  });

  it('says for every answer when it was learned, however often it is given again', async () => {
    let now = 1_000;
    const late = async (answers: Answer[]): Promise<ScriptedAnswer> => {
      now += 10;
      return Promise.resolve({ answers });
    };
    const { dns } = await portFor(
      ({ name, type }) => {
        if (name === 'gone.test') return NXDOMAIN;
        if (type === 'AAAA') return NODATA;
        return late(type === 'A' ? [a(name, '192.0.2.1', name === 'short.test' ? 20 : 200)] : [mx(name, 1, 'mx.test')]);
      },
      () => now,
    );
    expect(await dns.exists('a.test')).toMatchObject({ learned: { at: 1_000, durationMs: 10 } });
    expect(await dns.addresses('short.test')).toMatchObject({ learned: { at: 1_010, durationMs: 10 } });
    expect(await dns.exists('gone.test')).toMatchObject({ learned: { at: 1_020, durationMs: 0 } });
    now = 15_000;
    for (const again of [dns.exists('a.test'), dns.mx('a.test')]) {
      expect(await again).toMatchObject({ learned: { at: 1_000, durationMs: 10 } });
    }
    expect(await dns.exists('gone.test')).toMatchObject({ learned: { at: 1_020, durationMs: 0 } });
    // The address is asked for again while the empty answer next to it is still valid: the pair is as old as its older half.
    now = 30_000;
    expect(await dns.addresses('short.test')).toMatchObject({ learned: { at: 1_010, durationMs: 10 } });
  });

  it('keeps a negative answer for a minute and never keeps a temporary one', async () => {
    let now = 0;
    const { dns, questions } = await portFor(
      ({ name }) => (name === 'gone.test' ? NXDOMAIN : SERVFAIL),
      () => now,
    );
    const asks = async (name: string): Promise<number> => {
      await dns.mx(name);
      return questions.filter((question) => question.endsWith(name)).length;
    };
    expect([await asks('gone.test'), await asks('gone.test')]).toEqual([1, 1]);
    now = 60_000;
    expect(await asks('gone.test')).toBe(2);
    expect([await asks('ill.test'), await asks('ill.test')]).toEqual([1, 2]);
  });
});

describe('resolvers', () => {
  it('asks the routed server about names at or under the zone only', async () => {
    const everyone = await start(() => NXDOMAIN);
    const routed = await start(() => NODATA);
    const zoneRoutes = [{ zone: 'sandbox.test', server: routed.server }];
    const dns = createDnsPort({ servers: [everyone.server], timeoutMs: 250, tries: 1, zoneRoutes });
    await Promise.all(
      ['sandbox.test', 'a.SANDBOX.test', 'notsandbox.test', 'sandbox.test.example'].map(async (name) => dns.mx(name)),
    );
    expect(routed.questions.sort()).toEqual(['udp MX a.sandbox.test', 'udp MX sandbox.test']);
    expect(everyone.questions.sort()).toEqual(['udp MX notsandbox.test', 'udp MX sandbox.test.example']);
  });

  it('turns to the next resolver when one fails', async () => {
    const ill = await start(() => SERVFAIL);
    const well = await start(({ name }) => ({ answers: [mx(name, 1, 'mx.test')] }));
    const dns = createDnsPort({ servers: ['127.0.0.1:1', ill.server, well.server], timeoutMs: 250, tries: 2 });
    expect(await dns.mx('a.test')).toMatchObject({ kind: 'found' });
  });

  it.each(['localhost:53', '127.0.0.1:0', '127.0.0.1:65536', '::1:53', 'resolver.example', ''])(
    'refuses %j as a server',
    (server) => {
      expect(() => createDnsPort({ servers: [server], timeoutMs: 250, tries: 1 })).toThrow('not a DNS server');
    },
  );

  it('takes bracketed IPv6 and refuses an empty list', () => {
    expect(() => createDnsPort({ servers: ['[::1]:5353', '127.0.0.1'], timeoutMs: 250, tries: 1 })).not.toThrow();
    expect(() => createDnsPort({ servers: [], timeoutMs: 250, tries: 1 })).toThrow('no DNS server');
  });

  it('answers thousands of domains asked in parallel, among hundreds of dead ones', async () => {
    const { server } = await start(({ name, type }) => {
      if (name.startsWith('dead')) return null;
      return { answers: [type === 'MX' ? mx(name, 1, `mx.${name}`) : a(name, '192.0.2.1')] };
    });
    const dns = createDnsPort({ servers: [server], timeoutMs: 4_000, tries: 3 });
    const names = Array.from({ length: 3_000 }, (_, i) => (i % 10 === 0 ? `dead${i}.test` : `live${i}.test`));
    const answers = await Promise.all(names.map(async (name) => dns.mx(name)));
    expect(answers.filter((answer) => answer.kind === 'found')).toHaveLength(2_700);
    expect(answers.filter((answer) => answer.kind === 'temporary')).toHaveLength(300);
  });
});

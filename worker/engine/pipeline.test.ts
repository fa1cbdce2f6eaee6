import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LAYER_NAMES, type LayerName, type LayerReport, REPLY_MEANINGS } from '@/lib/verdict/evidence';
import { EVIDENCE_MAX_ITEMS } from '@/lib/platform/limits';
import { isReason } from '@/lib/verdict/verdict';
import {
  catchAllOf,
  failureOf,
  fakePorts,
  mailboxAnswer,
  NOW,
  providerOf,
  rcptEvidence,
  replyOf,
  subjectOf,
} from '@/tests/engine/fake-ports';
import { verifyAddress } from './pipeline';
import type { EnginePorts, ListHit, MailboxAnswer } from './ports';

const HIT: ListHit = { source: 'list', since: null };
const triplet = { identityHelo: 'mx1.example.org', identityAddress: null, mailFrom: '', host: 'mx.example.com' };
const verify = async (email: string, ports: EnginePorts = fakePorts(), offline = false) =>
  verifyAddress(subjectOf(email), ports, { offline });
const skipped = (layers: readonly LayerReport[]): LayerName[] =>
  layers.filter((layer) => layer.status === 'skipped').map((layer) => layer.name);

describe('an address that is fine', () => {
  it('goes through all seven layers in order and keeps every exchange as evidence', async () => {
    const answer = await verify(' Mary+x@Example.com ');
    expect(answer).toMatchObject({
      email: 'Mary+x@Example.com',
      verdict: { status: 'deliverable', reason: 'mailbox_exists' },
      normalized: 'Mary+x@example.com',
      canonical: 'mary+x@example.com',
      didYouMean: null,
      mx: { host: 'mx.example.com', provider: null, gateway: false },
      askAgain: null,
    });
    expect(answer.layers.map((layer) => layer.name)).toEqual(LAYER_NAMES);
    expect(skipped(answer.layers)).toEqual([]);
    expect(answer.evidence.map((item) => item.layer)).toEqual(['domain', 'mx', 'mx', 'smtp']);
  });

  it('is reported layer by layer as each lands', async () => {
    const landed: LayerReport[] = [];
    const answer = await verifyAddress(subjectOf('mary@example.com'), fakePorts(), { onLayer: (report) => landed.push(report) });
    expect(landed.map(({ name }) => name)).toEqual(LAYER_NAMES);
    // The answer adds what a score rests on, which is known only when all have landed.
    expect(answer.layers).toMatchObject(landed);
    expect(landed.some(({ details }) => 'score_basis' in details)).toBe(false);
  });

  it('names the gateway that answered', async () => {
    const provider = providerOf({ id: 'some-gateway', class: 'gateway' });
    const answer = await verify('mary@example.com', fakePorts({ answer: { provider } }));
    expect(answer.mx).toEqual({ host: 'mx.example.com', provider: 'some-gateway', gateway: true });
    expect(answer.verdict.flags.security_gateway).toBe(true);
  });
});

describe('the mail host in an answer', () => {
  const GOOGLE = {
    mx: () => Promise.resolve({ kind: 'found' as const, records: [{ preference: 1, exchange: 'aspmx.l.google.com' }] }),
  };

  it('is the first of the domain where none answered, with the provider that its name tells', async () => {
    const answer = await verify('mary@example.com', fakePorts({ dns: GOOGLE, answer: { mailbox: failureOf('connect_failed') } }));
    expect(answer.mx.host).toBe('aspmx.l.google.com');
    expect(answer.mx.provider).toContain('google');
  });

  it('is known by its name even where the SMTP layer breaks down', async () => {
    const boom = () => {
      throw new Error('boom');
    };
    const answer = await verify('mary@example.com', fakePorts({ dns: GOOGLE, smtp: { ask: boom } }));
    expect(answer.mx.host).toBe('aspmx.l.google.com');
    expect(answer.mx.provider).toContain('google');
  });

  it('is missing where there is no domain to have one', async () => {
    expect((await verify('mary')).mx).toEqual({ host: null, provider: null, gateway: false });
    const dead = { exists: () => Promise.resolve({ kind: 'no_domain' as const }) };
    expect((await verify('mary@example.com', fakePorts({ dns: dead }))).mx).toEqual({
      host: null,
      provider: null,
      gateway: false,
    });
  });
});

it('an answer passes on what may have been meant, and an address that can not be read has no other form', async () => {
  const lists = { typo: () => ({ suggestion: 'gmail.com', known: true }) };
  expect((await verify('mary@gmial.com', fakePorts({ lists }))).didYouMean).toBe('mary@gmail.com');
  expect(await verify('mary')).toMatchObject({ didYouMean: null, normalized: null, canonical: null });
});

describe('the basis of a score', () => {
  type Basis = readonly { points: number; basis: string }[] | undefined;
  const basesOf = (layers: readonly LayerReport[]) => layers.map(({ details }) => details.score_basis as unknown as Basis);

  it('is told once, by the last layer that had something to say, beside what it says itself', async () => {
    const answer = await verify('mary@example.com');
    const bases = basesOf(answer.layers);
    expect(bases.slice(0, -1).every((basis) => basis === undefined)).toBe(true);
    expect(bases.at(-1)?.reduce((sum, { points }) => sum + points, 0)).toBe(answer.verdict.score);
    expect(answer.layers.at(-1)).toMatchObject({ name: 'catch_all', status: 'passed', details: { code: 550 } });
    expect(answer.layers.at(-1)?.summary).toContain('made-up name');
  });

  it('stands with the layer before those that were not asked', async () => {
    const dead = { exists: () => Promise.resolve({ kind: 'no_domain' as const }) };
    const answer = await verify('mary@example.com', fakePorts({ dns: dead }));
    expect(answer.layers.map(({ name, details }) => ('score_basis' in details ? name : null)).filter(Boolean)).toEqual(['role']);
    expect(answer.layers[4]).toMatchObject({ name: 'role', status: 'passed' });
  });

  it('is nowhere where there is no score', async () => {
    for (const answer of [
      await verify('mary@example.com', fakePorts({ answer: { mailbox: replyOf('greylisted') } })),
      await verify('mary@example.com', fakePorts(), true),
    ]) {
      expect(answer.verdict.score).toBeNull();
      expect(basesOf(answer.layers).every((basis) => basis === undefined)).toBe(true);
    }
  });

  it('is each address’s own, though the addresses of a domain share what was found about it', async () => {
    const catchAll = catchAllOf('refuses_unknown');
    const ask = (email: string) =>
      verify(email, fakePorts({ answer: { catchAll }, lists: { role: (localPart) => (localPart === 'info' ? HIT : null) } }));
    const [mary, info, again] = [await ask('mary@example.com'), await ask('info@example.com'), await ask('mary@example.com')];
    for (const { layers, verdict } of [mary, info, again])
      expect(
        basesOf(layers)
          .at(-1)
          ?.reduce((sum, { points }) => sum + points, 0),
      ).toBe(verdict.score);
    expect(info.verdict.score).not.toBe(mary.verdict.score);
    // Thousands of rows of one domain say the same: they share one object, so that it is kept and written once.
    expect(again.layers.at(-1)?.details).toBe(mary.layers.at(-1)?.details);
    expect(basesOf(mary.layers.slice(0, -1))).toEqual(basesOf(info.layers.slice(0, -1)));
  });
});

describe('an early end', () => {
  const nobody = { ask: () => Promise.reject(new Error('a mail host was asked')) };

  it('by syntax leaves nothing to ask', async () => {
    const answer = await verify('not an address', fakePorts({ smtp: nobody }));
    expect(answer.verdict).toMatchObject({ status: 'undeliverable', reason: 'syntax_invalid' });
    expect(skipped(answer.layers)).toEqual(LAYER_NAMES.slice(1));
    for (const layer of answer.layers.slice(1)) {
      expect(layer).toMatchObject({ summary: 'Not asked: there is no valid address to ask about.', duration_ms: 0, details: {} });
    }
  });

  it('by domain or mx still tells what the lists know, and asks no mail host', async () => {
    const lists = { disposable: () => HIT, role: () => HIT, free: () => true };
    const dead = { exists: () => Promise.resolve({ kind: 'no_domain' as const }) };
    const answer = await verify('info@example.com', fakePorts({ smtp: nobody, lists, dns: dead }));
    expect(answer.verdict).toMatchObject({ reason: 'domain_not_found', flags: { disposable: true, role: true, free: true } });
    expect(skipped(answer.layers)).toEqual(['mx', 'smtp', 'catch_all']);
    expect(answer.layers[5]?.summary).toBe('Not asked: the domain example.com does not exist.');

    const noMail = { mx: () => Promise.resolve({ kind: 'found' as const, records: [{ preference: 0, exchange: '' }] }) };
    const second = await verify('info@example.com', fakePorts({ smtp: nobody, lists, dns: noMail }));
    expect(second.verdict.reason).toBe('null_mx');
    expect(second.layers[5]?.summary).toBe('Not asked: the domain says that it takes no mail (null MX).');
    expect(skipped(second.layers)).toEqual(['smtp', 'catch_all']);
  });
});

describe('disposable and role', () => {
  it('never stop the SMTP question', async () => {
    const lists = { disposable: () => HIT, role: () => HIT };
    const answer = await verify('info@example.com', fakePorts({ lists, answer: { mailbox: replyOf('mailbox_not_found') } }));
    expect(answer.verdict.reason).toBe('mailbox_not_found');
    expect(skipped(answer.layers)).toEqual([]);
  });
});

describe('offline', () => {
  it('runs syntax, disposable and role and touches no network', async () => {
    const touched = () => Promise.reject(new Error('the network was touched'));
    const ports = fakePorts({ dns: { exists: touched, mx: touched, addresses: touched }, smtp: { ask: touched } });
    const answer = await verify('mary@example.com', ports, true);
    expect(answer.verdict).toMatchObject({ status: 'unknown', reason: null, score: null });
    expect(skipped(answer.layers)).toEqual(['domain', 'mx', 'smtp', 'catch_all']);
    expect(answer.layers[1]?.summary).toBe('Not asked: this check was made without network.');
  });

  it('decides what lists and syntax can', async () => {
    expect((await verify('mary', fakePorts(), true)).verdict.reason).toBe('syntax_invalid');
    expect((await verify('mary@example.com', fakePorts({ lists: { disposable: () => HIT } }), true)).verdict.reason).toBe(
      'disposable',
    );
  });
});

describe('a greylisted mailbox', () => {
  const mailbox = replyOf('greylisted', 300);

  it('can be asked again by the same triplet after the time it named', async () => {
    const answer = await verify('mary@example.com', fakePorts({ answer: { mailbox, triplet } }));
    expect(answer.verdict).toMatchObject({ status: 'unknown', reason: 'greylisted' });
    expect(answer.askAgain).toEqual({ reason: 'greylisted', afterS: 300, triplet });
  });

  it('cannot be asked again without a triplet, nor when the verdict is another', async () => {
    expect((await verify('mary@example.com', fakePorts({ answer: { mailbox } }))).askAgain).toBeNull();
    expect(
      (await verify('mary@example.com', fakePorts({ answer: { mailbox, triplet }, lists: { disposable: () => HIT } }))).askAgain,
    ).toBeNull();
    expect((await verify('mary@example.com', fakePorts({ answer: { triplet } }))).askAgain).toBeNull();
  });
});

describe('what time may answer', () => {
  it.each(['temporary_failure', 'rate_limited'] as const)('%s can be asked again, with or without a triplet', async (meaning) => {
    const named = await verify('mary@example.com', fakePorts({ answer: { mailbox: replyOf(meaning, 60), triplet } }));
    expect(named.askAgain).toEqual({ reason: meaning, afterS: 60, triplet });
    const unnamed = await verify('mary@example.com', fakePorts({ answer: { mailbox: replyOf(meaning) } }));
    expect(unnamed.askAgain).toEqual({ reason: meaning, afterS: null, triplet: null });
  });

  it('a time-out can be asked again, a refusal cannot', async () => {
    const slow = await verify('mary@example.com', fakePorts({ answer: { mailbox: failureOf('timeout') } }));
    expect(slow.askAgain).toEqual({ reason: 'timeout', afterS: null, triplet: null, isHeldBack: false });
    for (const mailbox of [
      replyOf('sender_blocked'),
      replyOf('mailbox_not_found'),
      replyOf('ambiguous'),
      failureOf('smtp_protocol_error'),
    ])
      expect((await verify('mary@example.com', fakePorts({ answer: { mailbox, triplet } }))).askAgain).toBeNull();
  });

  it.each(['connect_failed', 'no_response', 'disconnected'] as const)('%s can be asked again', async (failure) => {
    const answer = await verify('mary@example.com', fakePorts({ answer: { mailbox: failureOf(failure) } }));
    expect(answer.askAgain).toEqual({ reason: failure, afterS: null, triplet: null });
    // So can an accepted mailbox whose probe had no answer.
    const catchAll = { kind: 'undecided' as const, meaning: failure };
    expect((await verify('mary@example.com', fakePorts({ answer: { catchAll } }))).askAgain?.reason).toBe(failure);
    // Not where the domain has had its probes of the day: nobody would be asked but the mailbox, which was accepted.
    const spent = { ...catchAll, isSpent: true };
    expect((await verify('mary@example.com', fakePorts({ answer: { catchAll: spent } }))).askAgain).toBeNull();
    const unheard = { mailbox: failureOf(failure), catchAll: spent };
    expect((await verify('mary@example.com', fakePorts({ answer: unheard }))).askAgain?.reason).toBe(failure);
  });

  it('name servers that failed can be asked again', async () => {
    const dns = { exists: () => Promise.resolve({ kind: 'temporary' as const, detail: 'SERVFAIL' }) };
    const answer = await verify('mary@example.com', fakePorts({ dns }));
    expect(answer.verdict.reason).toBe('dns_temporary_error');
    expect(answer.askAgain).toEqual({ reason: 'dns_temporary_error', afterS: null, triplet: null });
  });

  it('keeps the triplet of an earlier attempt while something else is in the way', async () => {
    const ports = fakePorts({ answer: { mailbox: failureOf('connect_failed') } });
    const answer = await verifyAddress(subjectOf('mary@example.com', { triplet }), ports);
    expect(answer.askAgain).toEqual({ reason: 'connect_failed', afterS: null, triplet });
  });

  it('a refusal of us can be asked again as another identity, where one of ours was not refused', async () => {
    const mailbox = replyOf('sender_blocked');
    const askAgain = async (identities: readonly string[]) =>
      (await verifyAddress(subjectOf('mary@example.com', { triplet }), fakePorts({ answer: { mailbox, triplet }, identities })))
        .askAgain;
    expect(await askAgain(['mx1.example.org', 'mx2.example.org'])).toEqual({
      reason: 'probe_blocked',
      afterS: null,
      triplet: null,
    });
    expect(await askAgain(['mx1.example.org'])).toBeNull();
  });
});

describe('an address that our own limits kept from being asked', () => {
  const heldBackUntil = (until: number | null) => ({ ...failureOf('timeout'), heldBack: { until } });
  const askAgain = async (answer: Partial<MailboxAnswer>) => (await verify('mary@example.com', fakePorts({ answer }))).askAgain;

  it.each([
    ['in as many whole seconds as it takes, never too early', NOW + 2_001, 3],
    ['at once where the moment has passed', NOW - 5_000, 0],
    ['in a moment where none is named', null, null],
  ])('says when there is room again: %s', async (_, until, afterS) => {
    const told = { reason: 'timeout', afterS, triplet, isHeldBack: true };
    expect(await askAgain({ mailbox: heldBackUntil(until), triplet })).toEqual(told);
    // The same where only the probe had to wait.
    const catchAll = { kind: 'undecided' as const, meaning: 'timeout' as const, heldBack: { until } };
    expect(await askAgain({ catchAll, triplet })).toEqual(told);
  });

  it('is told apart from one whose probe timed out', async () => {
    const catchAll = { kind: 'undecided' as const, meaning: 'timeout' as const };
    expect(await askAgain({ catchAll })).toEqual({ reason: 'timeout', afterS: null, triplet: null, isHeldBack: false });
  });
});

describe('a bug in a layer', () => {
  const breakAt = (layer: 'domain' | 'mx' | 'disposable' | 'role' | 'smtp'): EnginePorts => {
    const boom = () => {
      throw new Error('boom');
    };
    switch (layer) {
      case 'domain':
        return fakePorts({ dns: { exists: boom } });
      case 'mx':
        return fakePorts({ dns: { mx: boom } });
      case 'disposable':
        return fakePorts({ lists: { relay: boom } });
      case 'role':
        return fakePorts({ lists: { noReply: boom } });
      case 'smtp':
        return fakePorts({ smtp: { ask: boom } });
    }
  };

  it.each(['domain', 'mx', 'disposable', 'role', 'smtp'] as const)(
    '%s is an answer all the same, with the evidence so far',
    async (layer) => {
      const errors: [unknown, LayerName][] = [];
      const answer = await verifyAddress(subjectOf('mary@example.com'), breakAt(layer), {
        onError: (error, at) => errors.push([error, at]),
      });
      expect(answer.verdict).toMatchObject({ status: 'unknown', reason: 'internal_error', score: null });
      expect(answer.layers.map((report) => report.name)).toEqual(LAYER_NAMES);
      expect(errors).toEqual([[new Error('boom'), layer]]);
      if (layer !== 'domain') expect(answer.evidence.length).toBeGreaterThan(0);
    },
  );

  it.each([
    ['domain', ['mx', 'smtp', 'catch_all']],
    ['mx', ['smtp', 'catch_all']],
    ['smtp', ['catch_all']],
    ['disposable', []],
    ['role', []],
  ] as const)('%s is said plainly, and only what needs it is not asked', async (layer, notAsked) => {
    const { layers } = await verify('mary@example.com', breakAt(layer));
    expect(layers.find(({ name }) => name === layer)).toEqual({
      name: layer,
      status: 'unknown',
      summary: 'This step failed because of an error on our side.',
      duration_ms: 0,
      details: {},
    });
    expect(skipped(layers)).toEqual(notAsked);
    for (const name of notAsked)
      expect(layers.find((report) => report.name === name)?.summary).toBe('Not asked: an earlier step failed.');
  });

  it('syntax leaves nothing to ask, and is an answer all the same', async () => {
    const boom = () => {
      throw new Error('boom');
    };
    const answer = await verify('mary@example.com', fakePorts({ lists: { typo: boom } }));
    expect(answer).toMatchObject({
      verdict: { status: 'unknown', reason: 'internal_error' },
      didYouMean: null,
      normalized: null,
      canonical: null,
    });
    expect(skipped(answer.layers)).toEqual(LAYER_NAMES.slice(1));
    // Whether the address is valid is what we failed to find out.
    for (const { summary } of answer.layers.slice(1)) expect(summary).toBe('Not asked: an earlier step failed.');
  });

  it('is not forgotten when another layer breaks down after it', async () => {
    const { lists } = breakAt('disposable');
    const asked = { ask: () => Promise.reject(new Error('a mail host was asked')) };
    const answer = await verify('mary@example.com', { ...breakAt('mx'), lists, smtp: asked });
    expect(skipped(answer.layers)).toEqual(['smtp', 'catch_all']);
  });

  it('in a list leaves a refusal by the server as it is', async () => {
    const ports = {
      ...breakAt('role'),
      smtp: { ask: () => Promise.resolve(mailboxAnswer({ mailbox: replyOf('mailbox_not_found') })) },
    };
    expect((await verify('mary@example.com', ports)).verdict.reason).toBe('mailbox_not_found');
  });

  it('in the caller’s own callback changes nothing', async () => {
    const onLayer = () => {
      throw new Error('boom');
    };
    const errors: [unknown, LayerName][] = [];
    const onError = (error: unknown, at: LayerName) => errors.push([error, at]);
    const answer = await verifyAddress(subjectOf('mary@example.com'), fakePorts(), { onLayer, onError });
    expect(answer.verdict.reason).toBe('mailbox_exists');
    expect(errors).toEqual(LAYER_NAMES.map((name) => [new Error('boom'), name]));
    expect((await verifyAddress(subjectOf('mary@example.com'), fakePorts(), { onLayer })).verdict).toEqual(answer.verdict);
  });
});

describe('the time of a layer', () => {
  /** A clock that goes on by so much whenever DNS or the mail host is asked. */
  function ticking(ms: number): EnginePorts {
    let now = NOW;
    const after =
      <T>(answer: T) =>
      () => {
        now += ms;
        return Promise.resolve(answer);
      };
    const dns = {
      exists: after({ kind: 'found' as const, records: ['ns1.example.com'] }),
      mx: after({ kind: 'found' as const, records: [{ preference: 10, exchange: 'mx.example.com' }] }),
      addresses: after({ kind: 'found' as const, records: ['192.0.2.1'] }),
    };
    return { ...fakePorts({ dns, smtp: { ask: after(mailboxAnswer()) } }), clock: { now: () => now } };
  }
  const times = ({ layers }: { layers: readonly LayerReport[] }) => layers.map(({ duration_ms }) => duration_ms);

  it('is its own, in whole milliseconds, and a layer that waits for nobody takes none', async () => {
    const answer = await verify('mary@example.com', ticking(10.4));
    const [syntax, domain, , disposable, role, smtp, catchAll] = times(answer);
    expect([syntax, domain, disposable, role, smtp, catchAll]).toEqual([0, 10, 0, 0, 10, 0]);
    expect(Number.isInteger(answer.durationMs)).toBe(true);
    expect(Math.abs(answer.durationMs - times(answer).reduce((sum, ms) => sum + ms, 0))).toBeLessThanOrEqual(2);
  });

  it('takes nothing from what the layer says', async () => {
    const timed = await verify('mary@example.com', ticking(10));
    const untimed = await verify('mary@example.com', ticking(0));
    expect(times(timed)).not.toEqual(times(untimed));
    expect(timed.layers.map((layer) => ({ ...layer, duration_ms: 0, details: { ...layer.details, remembered: null } }))).toEqual(
      untimed.layers.map((layer) => ({ ...layer, details: { ...layer.details, remembered: null } })),
    );
    expect(timed.verdict).toEqual(untimed.verdict);
    expect(timed.mx).toEqual(untimed.mx);
    expect(timed.evidence).toHaveLength(untimed.evidence.length);
  });

  it('is never less than none, though the clock be set back', async () => {
    const answer = await verify('mary@example.com', ticking(-1_000));
    expect(times(answer)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(answer.durationMs).toBe(0);
  });
});

describe('the evidence', () => {
  const items = (count: number) => Array.from({ length: count }, (_, n) => ({ ...rcptEvidence, text: `reply ${n}` }));

  it('is kept whole up to its limit, and beyond it from the end, which decides', async () => {
    const others = (await verify('mary@example.com')).evidence.length - 1;
    const atLimit = await verify('mary@example.com', fakePorts({ answer: { evidence: items(EVIDENCE_MAX_ITEMS - others) } }));
    expect(atLimit.evidence).toHaveLength(EVIDENCE_MAX_ITEMS);
    expect(atLimit.evidence[0]?.layer).toBe('domain');
    const beyond = await verify('mary@example.com', fakePorts({ answer: { evidence: items(EVIDENCE_MAX_ITEMS + 5) } }));
    expect(beyond.evidence.map(({ text }) => text)).toEqual(
      items(EVIDENCE_MAX_ITEMS + 5)
        .slice(5)
        .map(({ text }) => text),
    );
  });
});

describe('the deadline', () => {
  it('ends a check whose resolver never answers', async () => {
    const ports = fakePorts({ dns: { mx: () => new Promise(() => undefined) } });
    const answer = await verifyAddress(subjectOf('mary@example.com', { deadline: NOW }), ports);
    expect(answer.verdict).toMatchObject({ status: 'unknown', reason: 'dns_temporary_error' });
  });
});

describe('whatever comes in and whatever comes back', () => {
  it('there is an answer with seven layers, a known reason, and bounded evidence', async () => {
    const email = fc.oneof(fc.emailAddress(), fc.string(), fc.string({ unit: 'binary' }));
    await fc.assert(
      fc.asyncProperty(
        email,
        fc.constantFrom(...REPLY_MEANINGS),
        fc.boolean(),
        fc.nat(200),
        async (input, meaning, all, items) => {
          const evidence = Array.from({ length: items }, () => rcptEvidence);
          const catchAll = catchAllOf(all ? 'accepts_all' : 'refuses_unknown');
          const answer = await verify(input, fakePorts({ answer: { mailbox: replyOf(meaning), catchAll, evidence } }));
          expect(answer.layers.map((layer) => layer.name)).toEqual(LAYER_NAMES);
          expect(answer.verdict.reason !== null && isReason(answer.verdict.reason)).toBe(true);
          expect(answer.evidence.length).toBeLessThanOrEqual(60);
        },
      ),
    );
  });
});

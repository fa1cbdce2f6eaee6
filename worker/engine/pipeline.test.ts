import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LAYER_NAMES, type LayerName, type LayerReport, REPLY_MEANINGS } from '@/lib/verdict/evidence';
import { isReason } from '@/lib/verdict/verdict';
import { catchAllOf, failureOf, fakePorts, mailboxAnswer, NOW, providerOf, rcptEvidence, replyOf, subjectOf } from './fake-ports';
import { verifyAddress } from './pipeline';
import type { EnginePorts, ListHit } from './ports';

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
    // The answer adds what a score rests on, which is known only when all have landed.
    expect(answer.layers).toMatchObject(landed);
  });

  it('names the gateway that answered', async () => {
    const provider = providerOf({ id: 'some-gateway', class: 'gateway' });
    const answer = await verify('mary@example.com', fakePorts({ answer: { provider } }));
    expect(answer.mx).toEqual({ host: 'mx.example.com', provider: 'some-gateway', gateway: true });
    expect(answer.verdict.flags.security_gateway).toBe(true);
  });
});

describe('an early end', () => {
  const nobody = { ask: () => Promise.reject(new Error('a mail host was asked')) };

  it('by syntax leaves nothing to ask', async () => {
    const answer = await verify('not an address', fakePorts({ smtp: nobody }));
    expect(answer.verdict).toMatchObject({ status: 'undeliverable', reason: 'syntax_invalid' });
    expect(skipped(answer.layers)).toEqual(LAYER_NAMES.slice(1));
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
    for (const mailbox of [replyOf('sender_blocked'), replyOf('mailbox_not_found'), failureOf('connect_failed')])
      expect((await verify('mary@example.com', fakePorts({ answer: { mailbox, triplet } }))).askAgain).toBeNull();
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
    const answer = await verifyAddress(subjectOf('mary@example.com'), fakePorts(), { onLayer });
    expect(answer.verdict.reason).toBe('mailbox_exists');
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

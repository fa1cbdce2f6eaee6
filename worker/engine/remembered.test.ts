import { describe, expect, it } from 'vitest';
import type { Evidence, LayerReport } from '@/lib/verdict/evidence';
import { catchAllOf, fakePorts, mailboxAnswer, NOW, rcptEvidence, replyOf, subjectOf } from '@/tests/engine/fake-ports';
import { verifyAddress } from './pipeline';
import type { DnsPort, EnginePorts, MailboxAnswer } from './ports';

const SECOND_MS = 1_000;
const isoAt = (ms: number): string => new Date(ms).toISOString();

/** A DNS port with a cache: an answer's time is that of the first question, and a question takes 5 ms. */
function rememberingDns(clock: { now: number }): DnsPort {
  const known = new Map<string, unknown>();
  const learn = <T extends object>(question: string, answer: T): T => {
    const kept = known.get(question);
    // The map holds only what this function put there.
    if (kept !== undefined) return Object.assign(answer, kept);
    const learned = { learned: { at: clock.now, durationMs: 5 } };
    clock.now += 5;
    known.set(question, learned);
    return Object.assign(answer, learned);
  };
  return {
    exists: (domain) => learn(`exists ${domain}`, { kind: 'found', records: [domain] }),
    mx: (domain) => learn(`mx ${domain}`, { kind: 'found', records: [{ preference: 10, exchange: `mx.${domain}` }] }),
    addresses: (host) => learn(`a ${host}`, { kind: 'found', records: ['192.0.2.1'] }),
  };
}

function portsAt(clock: { now: number }, dns: DnsPort, answer: () => MailboxAnswer = () => mailboxAnswer()): EnginePorts {
  return { ...fakePorts({ dns, smtp: { ask: () => Promise.resolve(answer()) } }), clock: { now: () => clock.now } };
}

const exchangeAt = (ms: number, more: Partial<Evidence> = {}): Evidence => ({ ...rcptEvidence, at: isoAt(ms), ...more });
const layerOf = (layers: readonly LayerReport[], name: string) => layers.find((layer) => layer.name === name);
const told = (evidence: readonly Evidence[]) => evidence.map(({ layer, at, remembered }) => ({ layer, at, remembered }));

describe('what a check took from memory', () => {
  it('keeps its date and is marked as remembered; what the check asked is not', async () => {
    const clock = { now: NOW };
    const dns = rememberingDns(clock);
    const fresh = () => mailboxAnswer({ evidence: [exchangeAt(clock.now)] });
    const first = await verifyAddress(subjectOf('a@memory.test'), portsAt(clock, dns, fresh));
    expect(first.evidence.map(({ remembered }) => remembered)).toEqual([false, false, false, false]);
    expect(layerOf(first.layers, 'domain')).toMatchObject({ summary: 'The domain exists.', duration_ms: 5 });

    for (const waitedMs of [3 * SECOND_MS, 180 * SECOND_MS]) {
      clock.now = NOW + waitedMs;
      const second = await verifyAddress(subjectOf('b@memory.test'), portsAt(clock, dns, fresh));
      expect(told(second.evidence)).toEqual([
        { layer: 'domain', at: isoAt(NOW), remembered: true },
        { layer: 'mx', at: isoAt(NOW + 5), remembered: true },
        { layer: 'mx', at: isoAt(NOW + 10), remembered: true },
        { layer: 'smtp', at: isoAt(NOW + waitedMs), remembered: false },
      ]);
      expect(layerOf(second.layers, 'domain')).toMatchObject({
        summary: 'The domain exists. Remembered from an earlier check.',
        duration_ms: 0,
        details: { checked_at: isoAt(NOW), remembered: true },
      });
      expect(layerOf(second.layers, 'mx')).toMatchObject({ details: { checked_at: isoAt(NOW + 10), remembered: true } });
      expect(layerOf(second.layers, 'smtp')?.details).not.toHaveProperty('remembered');
    }
  });

  it('includes the opening of a connection that was already up, while the question itself is new', async () => {
    const clock = { now: NOW };
    const opening = exchangeAt(NOW - 90 * SECOND_MS, { stage: 'connect', code: 220 });
    const evidence = [opening, exchangeAt(NOW)];
    const answer = await verifyAddress(
      subjectOf('a@warm.test'),
      portsAt(clock, rememberingDns(clock), () => mailboxAnswer({ evidence })),
    );
    expect(answer.evidence.filter(({ layer }) => layer === 'smtp').map(({ remembered }) => remembered)).toEqual([true, false]);
    expect(layerOf(answer.layers, 'smtp')?.summary).not.toContain('Remembered');
    expect(opening.remembered).toBe(false);
  });

  it('is the whole layer if nobody was asked: an earlier refusal of us, the day’s catch-all fact', async () => {
    const clock = { now: NOW };
    const refusal = exchangeAt(NOW - 600 * SECOND_MS, { stage: 'connect', code: 550, meaning: 'sender_blocked' });
    const blocked = await verifyAddress(
      subjectOf('a@blocking.test'),
      portsAt(clock, rememberingDns(clock), () =>
        mailboxAnswer({ mailbox: replyOf('sender_blocked'), catchAll: { kind: 'not_asked' }, evidence: [refusal] }),
      ),
    );
    expect(layerOf(blocked.layers, 'smtp')?.summary).toMatch(/Remembered from an earlier check\.$/);
    expect(layerOf(blocked.layers, 'smtp')).toMatchObject({
      details: { checked_at: isoAt(NOW - 600 * SECOND_MS), remembered: true },
    });

    const fact = catchAllOf('accepts_all', true);
    const catchAll = await verifyAddress(
      subjectOf('a@all.test'),
      portsAt(clock, rememberingDns(clock), () => mailboxAnswer({ catchAll: fact, evidence: [exchangeAt(clock.now)] })),
    );
    expect(catchAll.evidence.at(-1)).toMatchObject({ layer: 'catch_all', rule: 'remembered', remembered: true });
    expect(layerOf(catchAll.layers, 'catch_all')).toMatchObject({
      summary: 'The server also accepts a made-up name, so acceptance proves nothing. Remembered from an earlier check.',
      details: { remembered: true },
    });
  });

  it('does not include what was still being asked when a check began, whatever later checks took from memory', async () => {
    const clock = { now: NOW };
    const ports = portsAt(clock, rememberingDns(clock));
    const check = async (email: string, beganAt: number) => {
      clock.now = beganAt;
      const { evidence, layers } = await verifyAddress(subjectOf(email), ports);
      const seen = evidence.filter(({ layer }) => layer === 'mx').map(({ remembered }) => remembered);
      return { seen, isMarked: layerOf(layers, 'mx')?.details.remembered === true };
    };
    expect(await check('a@once.test', NOW)).toEqual({ seen: [false, false], isMarked: false });
    for (const name of ['b', 'c'])
      expect(await check(`${name}@once.test`, NOW + SECOND_MS)).toEqual({ seen: [true, true], isMarked: true });
    // The last of the domain's questions took from 10 to 15 ms.
    expect(await check('d@once.test', NOW + 12)).toEqual({ seen: [true, false], isMarked: false });
  });

  it('does not include a question of another check that was still open when this one joined it', async () => {
    const clock = { now: NOW };
    const shared = exchangeAt(NOW - 40, { duration_ms: 50 });
    const dns = rememberingDns(clock);
    const answer = await verifyAddress(
      subjectOf('a@shared.test'),
      portsAt(clock, dns, () => mailboxAnswer({ evidence: [shared] })),
    );
    expect(answer.evidence.at(-1)?.remembered).toBe(false);
  });
});

describe('what the layers of a domain find', () => {
  /** Answers when `tell` is called; with `isFailing`, the first question fails. */
  function tellingDns(isFailing = false) {
    const asked: string[] = [];
    const waiting: (() => void)[] = [];
    const ports = fakePorts({});
    const dns: DnsPort = {
      ...ports.dns,
      exists: (domain) => {
        asked.push(domain);
        const fails = isFailing && asked.length === 1;
        return new Promise((done) => {
          waiting.push(() => {
            done(fails ? { kind: 'temporary', detail: 'SERVFAIL' } : { kind: 'found', records: [domain] });
          });
        });
      },
    };
    return { asked, dns, tell: () => waiting.splice(0).forEach((answer) => answer()) };
  }

  it('is found once for addresses that come meanwhile, and again once it is old', async () => {
    const clock = { now: NOW };
    const { asked, dns, tell } = tellingDns();
    const ports = portsAt(clock, dns);
    const both = [verifyAddress(subjectOf('a@burst.test'), ports), verifyAddress(subjectOf('b@burst.test'), ports)];
    await expect.poll(() => asked).toEqual(['burst.test']);
    tell();
    const [first, second] = await Promise.all(both);
    expect(layerOf(second?.layers ?? [], 'domain')?.status).toBe('passed');
    // Neither answer is from memory: both checks waited for it.
    expect([first, second].map((answer) => answer?.evidence[0]?.remembered)).toEqual([false, false]);
    clock.now += 14 * SECOND_MS;
    await verifyAddress(subjectOf('c@burst.test'), ports);
    expect(asked).toHaveLength(1);
    clock.now += SECOND_MS;
    const later = verifyAddress(subjectOf('d@burst.test'), ports);
    await expect.poll(() => asked).toHaveLength(2);
    tell();
    await later;
  });

  it('is asked separately if the other check has more time for its answer', async () => {
    const clock = { now: NOW };
    const { asked, dns, tell } = tellingDns();
    const ports = portsAt(clock, dns);
    const patient = verifyAddress(subjectOf('a@patient.test', { deadline: NOW + 60 * SECOND_MS }), ports);
    const hasty = verifyAddress(subjectOf('b@patient.test', { deadline: NOW + 5 * SECOND_MS }), ports);
    await expect.poll(() => asked).toHaveLength(2);
    tell();
    await Promise.all([patient, hasty]);
  });

  it('is asked again for the others if it failed', async () => {
    const clock = { now: NOW };
    const { asked, dns, tell } = tellingDns(true);
    const ports = portsAt(clock, dns);
    const both = [verifyAddress(subjectOf('a@failing.test'), ports), verifyAddress(subjectOf('b@failing.test'), ports)];
    await expect.poll(() => asked).toHaveLength(1);
    tell();
    await expect.poll(() => asked).toHaveLength(2);
    tell();
    const [first, second] = await Promise.all(both);
    expect(first?.verdict.reason).toBe('dns_temporary_error');
    expect(layerOf(second?.layers ?? [], 'domain')?.status).toBe('passed');
  });
});

describe('the time of a check', () => {
  it('counts the time that a layer took before it failed, once', async () => {
    const clock = { now: NOW };
    const smtp = {
      ask: () => {
        clock.now += 700;
        return Promise.reject(new Error('broken'));
      },
    };
    const ports = { ...fakePorts({ smtp, dns: rememberingDns(clock) }), clock: { now: () => clock.now } };
    const answer = await verifyAddress(subjectOf('a@broken.test'), ports);
    expect(answer.durationMs).toBe(clock.now - NOW);
    expect(layerOf(answer.layers, 'smtp')?.duration_ms).toBe(700);
    expect(answer.verdict.reason).toBe('internal_error');
  });
});

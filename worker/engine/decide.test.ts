import { describe, expect, it } from 'vitest';
import { REPLY_MEANINGS, TRANSPORT_FAILURES } from '@/lib/verdict/evidence';
import { isReason, REASONS_BY_STATUS, statusOf, type Reason, type Verdict } from '@/lib/verdict/verdict';
import { decide } from './decide';
import { catchAllOf, failureOf, providerOf, replyOf, syntaxFound } from './fake-ports';
import type { Findings } from './findings';
import { makeFinding } from './make-finding';
import type { CatchAllOutcome, ListHit, MailboxOutcome } from './ports';

type Acceptance = 'truthful' | 'probe' | 'worthless';

interface Situation {
  mailbox: MailboxOutcome | null;
  catchAll: CatchAllOutcome;
  acceptance: Acceptance;
  disposable: boolean;
  typo: boolean;
  role: boolean;
}

const HIT: ListHit = { source: 'list', since: null };
const PLAIN: Situation = {
  mailbox: replyOf('accepted'),
  catchAll: catchAllOf('refuses_unknown'),
  acceptance: 'probe',
  disposable: false,
  typo: false,
  role: false,
};
const said = { status: 'passed', summary: '' } as const;

function findingsOf(situation: Partial<Situation>): Findings {
  const { mailbox, catchAll, acceptance, disposable, typo, role } = { ...PLAIN, ...situation };
  const findings: Findings = {
    ...syntaxFound(),
    disposable: makeFinding('disposable', {
      ...said,
      facts: { disposable: disposable ? HIT : null, relay: null, typo: typo ? { suggestion: 'gmail.com', known: true } : null },
    }),
    role: makeFinding('role', { ...said, facts: { role: role ? HIT : null, noReply: false, free: false } }),
  };
  if (mailbox === null) return findings;
  const smtp = makeFinding('smtp', {
    ...said,
    facts: { mailbox, catchAll, provider: providerOf({ acceptance }), triplet: null },
  });
  return { ...findings, smtp };
}

const judge = (situation: Partial<Situation>): Verdict => decide({ findings: findingsOf(situation), crashed: false });
const endedBy = (layer: 'syntax' | 'domain' | 'mx', endsWith: Reason, situation: Partial<Situation> = {}): Findings => {
  const findings = findingsOf({ ...situation, mailbox: null });
  if (layer === 'domain')
    return { ...findings, domain: makeFinding('domain', { ...said, facts: { registrable: null }, endsWith }) };
  if (layer === 'mx')
    return { ...findings, mx: makeFinding('mx', { ...said, facts: { hosts: [], implicit: false, provider: null }, endsWith }) };
  const { syntax } = syntaxFound();
  if (syntax === undefined) throw new Error('no syntax');
  return { syntax: { ...syntax, endsWith } };
};

const MAILBOXES: readonly MailboxOutcome[] = [
  ...REPLY_MEANINGS.map((meaning) => replyOf(meaning)),
  ...TRANSPORT_FAILURES.map(failureOf),
];
const CATCH_ALLS: readonly CatchAllOutcome[] = [
  catchAllOf('accepts_all'),
  catchAllOf('refuses_unknown'),
  { kind: 'not_asked' },
  ...[...REPLY_MEANINGS, ...TRANSPORT_FAILURES].map((meaning): CatchAllOutcome => ({ kind: 'undecided', meaning })),
];
const BOOLEANS = [false, true] as const;

function* everySituation(): Generator<Situation & { mailbox: MailboxOutcome }> {
  for (const mailbox of MAILBOXES)
    for (const catchAll of CATCH_ALLS)
      for (const acceptance of ['truthful', 'probe', 'worthless'] as const)
        for (const disposable of BOOLEANS)
          for (const typo of BOOLEANS)
            for (const role of BOOLEANS) yield { mailbox, catchAll, acceptance, disposable, typo, role };
}

const meaningOf = (mailbox: MailboxOutcome): string => (mailbox.kind === 'reply' ? mailbox.meaning : mailbox.failure);

describe('in every situation', () => {
  const DEAD = ['mailbox_not_found', 'mailbox_disabled', 'domain_not_hosted'];

  it('the reason is a word of the vocabulary and belongs to the status', () => {
    for (const situation of everySituation()) {
      const { reason, status } = judge(situation);
      expect(reason !== null && isReason(reason) && statusOf(reason) === status).toBe(true);
    }
  });

  it('nothing but a word about the recipient makes an address undeliverable, and such a word always does', () => {
    for (const situation of everySituation()) {
      expect(judge(situation).status === 'undeliverable').toBe(DEAD.includes(meaningOf(situation.mailbox)));
    }
  });

  it('an address is deliverable only where its name was accepted and that is worth something', () => {
    for (const situation of everySituation()) {
      if (judge(situation).status !== 'deliverable') continue;
      expect(meaningOf(situation.mailbox)).toBe('accepted');
      expect(situation.acceptance).not.toBe('worthless');
      expect(situation.catchAll.kind).not.toBe('accepts_all');
      expect(situation.catchAll.kind === 'refuses_unknown' || situation.acceptance === 'truthful').toBe(true);
      expect([situation.disposable, situation.typo, situation.role]).toEqual([false, false, false]);
    }
  });

  it('the rungs come in their order', () => {
    for (const situation of everySituation()) {
      const meaning = meaningOf(situation.mailbox);
      const { reason, status } = judge(situation);
      if (DEAD.includes(meaning)) expect(status).toBe('undeliverable');
      else if (situation.disposable) expect(reason).toBe('disposable');
      else if (situation.typo) expect(reason).toBe('typo_domain');
      else if (meaning === 'mailbox_full') expect(reason).toBe('mailbox_full');
      else if (meaning !== 'accepted' || situation.acceptance === 'worthless') expect(status).toBe('unknown');
      else if (situation.catchAll.kind === 'accepts_all') expect(reason).toBe('catch_all');
      else if (situation.catchAll.kind !== 'refuses_unknown' && situation.acceptance !== 'truthful')
        expect(status).toBe('unknown');
      else expect(reason).toBe(situation.role ? 'role_account' : 'mailbox_exists');
    }
  });

  it('the score is a whole number from 0 to 100, and there is none where we cannot tell', () => {
    for (const situation of everySituation()) {
      const { score, status } = judge(situation);
      if (status === 'unknown') expect(score).toBeNull();
      if (status === 'deliverable' || status === 'undeliverable') expect(score).not.toBeNull();
      if (score !== null) expect(Number.isInteger(score) && score >= 0 && score <= 100).toBe(true);
    }
  });
});

describe('what a reply comes to', () => {
  it.each([
    ['mailbox_not_found', 'mailbox_not_found'],
    ['mailbox_disabled', 'mailbox_disabled'],
    ['mailbox_full', 'mailbox_full'],
    ['greylisted', 'greylisted'],
    ['rate_limited', 'rate_limited'],
    ['temporary_failure', 'temporary_failure'],
    ['sender_blocked', 'probe_blocked'],
    ['sender_rejected', 'probe_blocked'],
    ['relay_denied', 'probe_blocked'],
    ['policy_other', 'probe_blocked'],
    ['domain_not_hosted', 'mailbox_not_found'],
    ['ambiguous', 'ambiguous_reply'],
    ['accepted', 'mailbox_exists'],
  ] as const)('%s: %s', (meaning, reason) => {
    expect(judge({ mailbox: replyOf(meaning) }).reason).toBe(reason);
  });

  it.each(TRANSPORT_FAILURES)('%s: the same word', (failure) => {
    expect(judge({ mailbox: failureOf(failure) }).reason).toBe(failure);
  });
});

describe('a yes', () => {
  it('is unknown with the probe’s own reason where the probe stayed undecided', () => {
    expect(judge({ catchAll: { kind: 'undecided', meaning: 'greylisted' } }).reason).toBe('greylisted');
    expect(judge({ catchAll: { kind: 'undecided', meaning: 'sender_blocked' } }).reason).toBe('probe_blocked');
    expect(judge({ catchAll: { kind: 'undecided', meaning: 'domain_not_hosted' } }).reason).toBe('probe_blocked');
    expect(judge({ catchAll: { kind: 'undecided', meaning: 'disconnected' } }).reason).toBe('disconnected');
    expect(judge({ catchAll: { kind: 'undecided', meaning: 'mailbox_full' } }).reason).toBe('ambiguous_reply');
    expect(judge({ catchAll: { kind: 'not_asked' } }).reason).toBe('provider_unverifiable');
  });

  it('is believed without a probe only from a provider known to answer truly', () => {
    expect(judge({ catchAll: { kind: 'undecided', meaning: 'greylisted' }, acceptance: 'truthful' }).reason).toBe(
      'mailbox_exists',
    );
    expect(judge({ catchAll: { kind: 'not_asked' }, acceptance: 'truthful' }).reason).toBe('mailbox_exists');
  });

  it('proves nothing at a provider that takes every name, and is no catch-all of the domain’s owner', () => {
    const verdict = judge({ catchAll: catchAllOf('accepts_all'), acceptance: 'worthless' });
    expect(verdict).toMatchObject({ status: 'unknown', reason: 'provider_unverifiable' });
    expect(verdict.flags.catch_all).toBeNull();
  });
});

describe('an early end', () => {
  it.each([
    ['syntax', 'syntax_invalid'],
    ['syntax', 'provider_syntax'],
    ['domain', 'domain_not_found'],
    ['mx', 'no_mx'],
    ['mx', 'null_mx'],
    ['mx', 'mx_unroutable'],
  ] as const)('by %s with %s is undeliverable, disposable or not', (layer, reason) => {
    const verdict = decide({ findings: endedBy(layer, reason, { disposable: true, typo: true, role: true }), crashed: false });
    expect(verdict).toMatchObject({ status: 'undeliverable', reason });
  });

  it('by failing name servers is unknown, unless a list decides', () => {
    expect(decide({ findings: endedBy('domain', 'dns_temporary_error'), crashed: false }).reason).toBe('dns_temporary_error');
    expect(decide({ findings: endedBy('mx', 'dns_temporary_error', { disposable: true }), crashed: false }).reason).toBe(
      'disposable',
    );
  });
});

describe('without network', () => {
  it('only lists and syntax decide; a role alone leaves the mailbox unknown', () => {
    expect(judge({ mailbox: null })).toMatchObject({ status: 'unknown', reason: null, score: null });
    expect(judge({ mailbox: null, role: true })).toMatchObject({ status: 'unknown', reason: null, flags: { role: true } });
    expect(judge({ mailbox: null, disposable: true })).toMatchObject({ status: 'risky', reason: 'disposable', score: null });
    expect(judge({ mailbox: null, typo: true })).toMatchObject({ status: 'risky', reason: 'typo_domain', score: null });
  });
});

describe('a bug of ours', () => {
  it('is unknown where the other layers leave it open, and takes nothing from what they settled', () => {
    expect(decide({ findings: findingsOf({}), crashed: true })).toMatchObject({ status: 'unknown', reason: 'internal_error' });
    expect(decide({ findings: findingsOf({ mailbox: replyOf('mailbox_not_found') }), crashed: true }).reason).toBe(
      'mailbox_not_found',
    );
    expect(decide({ findings: {}, crashed: true }).reason).toBe('internal_error');
  });
});

describe('flags', () => {
  it('are null where nothing is known', () => {
    expect(Object.values(decide({ findings: {}, crashed: false }).flags)).toEqual(Array.from({ length: 11 }, () => null));
  });

  it('tell what was seen', () => {
    expect(judge({ catchAll: catchAllOf('accepts_all') }).flags).toMatchObject({
      catch_all: true,
      mailbox_full: false,
      mailbox_disabled: false,
    });
    expect(judge({}).flags).toMatchObject({ catch_all: false, disposable: false, role: false, security_gateway: false });
    expect(judge({ mailbox: replyOf('mailbox_full') }).flags).toMatchObject({ mailbox_full: true, mailbox_disabled: false });
    expect(judge({ mailbox: replyOf('mailbox_disabled') }).flags).toMatchObject({ mailbox_full: null, mailbox_disabled: true });
    expect(judge({ mailbox: replyOf('mailbox_not_found'), catchAll: { kind: 'not_asked' } }).flags).toMatchObject({
      catch_all: null,
      mailbox_full: null,
    });
  });
});

it('no reason but the customer’s own blocklist is out of the engine’s reach', () => {
  const reached = new Set<Reason | null>();
  for (const situation of everySituation()) reached.add(judge(situation).reason);
  for (const reason of REASONS_BY_STATUS.undeliverable)
    reached.add(decide({ findings: endedBy('mx', reason), crashed: false }).reason);
  reached.add('internal_error').add(decide({ findings: endedBy('domain', 'dns_temporary_error'), crashed: false }).reason);
  const missing = Object.values(REASONS_BY_STATUS)
    .flat()
    .filter((reason) => !reached.has(reason));
  expect(missing).toEqual(['blocklisted']);
});

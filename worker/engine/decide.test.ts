import { describe, expect, it } from 'vitest';
import type { Provider } from '@/lib/verdict/mail-host';
import { REPLY_MEANINGS, TRANSPORT_FAILURES } from '@/lib/verdict/evidence';
import { isReason, REASONS_BY_STATUS, statusOf, type Reason, type Verdict } from '@/lib/verdict/verdict';
import { decide } from './decide';
import { catchAllOf, failureOf, providerOf, replyOf, syntaxFound } from '@/tests/engine/fake-ports';
import { type Findings, makeFinding } from './findings';
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

/** The first situation in which something does not hold, with what was decided there; null where it always holds. */
function exceptionTo(holds: (verdict: Verdict, situation: Situation, meaning: string) => boolean) {
  for (const situation of everySituation()) {
    const verdict = judge(situation);
    if (!holds(verdict, situation, meaningOf(situation.mailbox))) return { situation, verdict };
  }
  return null;
}

describe('in every situation', () => {
  const DEAD = ['mailbox_not_found', 'mailbox_disabled', 'domain_not_hosted'];

  it('the reason is a word of the vocabulary and belongs to the status', () => {
    expect(exceptionTo(({ reason, status }) => reason !== null && isReason(reason) && statusOf(reason) === status)).toBeNull();
  });

  it('nothing but a word about the recipient makes an address undeliverable, and such a word always does', () => {
    expect(exceptionTo(({ status }, _, meaning) => (status === 'undeliverable') === DEAD.includes(meaning))).toBeNull();
  });

  it('an address is deliverable only where its name was accepted and that is worth something', () => {
    const isWorthSomething = ({ catchAll, acceptance }: Situation) =>
      acceptance !== 'worthless' &&
      catchAll.kind !== 'accepts_all' &&
      (catchAll.kind === 'refuses_unknown' || acceptance === 'truthful');
    expect(
      exceptionTo(
        ({ status }, situation, meaning) =>
          status !== 'deliverable' ||
          (meaning === 'accepted' && isWorthSomething(situation) && !situation.disposable && !situation.typo && !situation.role),
      ),
    ).toBeNull();
  });

  it('the rungs come in their order', () => {
    const rungOf = ({ disposable, typo, role, catchAll, acceptance }: Situation, meaning: string): string => {
      if (DEAD.includes(meaning)) return 'undeliverable';
      if (disposable) return 'disposable';
      if (typo) return 'typo_domain';
      if (meaning === 'mailbox_full') return 'mailbox_full';
      if (meaning !== 'accepted' || acceptance === 'worthless') return 'unknown';
      if (catchAll.kind === 'accepts_all') return 'catch_all';
      if (catchAll.kind !== 'refuses_unknown' && acceptance !== 'truthful') return 'unknown';
      return role ? 'role_account' : 'mailbox_exists';
    };
    expect(
      exceptionTo(({ reason, status }, situation, meaning) => {
        const rung = rungOf(situation, meaning);
        return rung === (rung === 'undeliverable' || rung === 'unknown' ? status : reason);
      }),
    ).toBeNull();
  });

  it('the score is a whole number from 0 to 100, and there is none where we cannot tell', () => {
    expect(
      exceptionTo(({ score, status }) => {
        if (score === null) return status !== 'deliverable' && status !== 'undeliverable';
        return status !== 'unknown' && Number.isInteger(score) && score >= 0 && score <= 100;
      }),
    ).toBeNull();
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

  it('is worth what the probe says where the provider is not known', () => {
    const of = (catchAll: CatchAllOutcome) => {
      const facts = { mailbox: replyOf('accepted'), catchAll, provider: null, triplet: null };
      return decide({ findings: { ...findingsOf({}), smtp: makeFinding('smtp', { ...said, facts }) }, crashed: false });
    };
    expect(of(catchAllOf('refuses_unknown')).reason).toBe('mailbox_exists');
    expect(of(catchAllOf('accepts_all'))).toMatchObject({ reason: 'catch_all', flags: { catch_all: true } });
    expect(of({ kind: 'not_asked' }).reason).toBe('provider_unverifiable');
  });

  it.each([...REPLY_MEANINGS, ...TRANSPORT_FAILURES])(
    'never turns into a word about the mailbox by a probe that got %s, which asked for another name',
    (meaning) => {
      const { status, reason } = judge({ catchAll: { kind: 'undecided', meaning } });
      const aboutUs = ['sender_blocked', 'sender_rejected', 'relay_denied', 'policy_other', 'domain_not_hosted'];
      const asTheyAre = ['greylisted', 'rate_limited', 'temporary_failure', ...TRANSPORT_FAILURES];
      expect(status).toBe('unknown');
      expect(reason).toBe(
        aboutUs.includes(meaning) ? 'probe_blocked' : asTheyAre.includes(meaning) ? meaning : 'ambiguous_reply',
      );
    },
  );

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

it('a domain that is only nearly the name of another is no typo yet', () => {
  const near = (known: boolean) =>
    makeFinding('disposable', { ...said, facts: { disposable: null, relay: null, typo: { suggestion: 'gmail.com', known } } });
  expect(decide({ findings: { ...findingsOf({}), disposable: near(false) }, crashed: false }).reason).toBe('mailbox_exists');
  expect(decide({ findings: { ...findingsOf({}), disposable: near(true) }, crashed: false }).reason).toBe('typo_domain');
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
    expect(decide({ findings: findingsOf({ mailbox: replyOf('mailbox_full') }), crashed: true }).reason).toBe('mailbox_full');
    expect(decide({ findings: findingsOf({ mailbox: replyOf('greylisted') }), crashed: true }).reason).toBe('internal_error');
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

  const flagsOf = (changes: Findings) => decide({ findings: { ...findingsOf({}), ...changes }, crashed: false }).flags;
  const lists = (disposable: ListHit | null, relay: ListHit | null) =>
    flagsOf({ disposable: makeFinding('disposable', { ...said, facts: { disposable, relay, typo: null } }) });
  const role = (facts: { role: ListHit | null; noReply: boolean; free: boolean }) =>
    flagsOf({ role: makeFinding('role', { ...said, facts }) });

  it('tell what the lists know, each on its own', () => {
    expect(lists(HIT, null)).toMatchObject({ disposable: true, relay: false });
    expect(lists(null, HIT)).toMatchObject({ disposable: false, relay: true });
    expect(role({ role: HIT, noReply: false, free: false })).toMatchObject({ role: true, no_reply: false, free: false });
    expect(role({ role: null, noReply: true, free: false })).toMatchObject({ role: false, no_reply: true, free: false });
    expect(role({ role: null, noReply: false, free: true })).toMatchObject({ role: false, no_reply: false, free: true });
  });

  it('tell how the address is written, where it could be read', () => {
    const { syntax } = syntaxFound();
    if (syntax === undefined) throw new Error('no syntax');
    const written = (facts: Partial<typeof syntax.facts>) =>
      flagsOf({ syntax: { ...syntax, facts: { ...syntax.facts, ...facts } } });
    expect(written({})).toMatchObject({ tagged: false, idn: false });
    expect(written({ tagged: true })).toMatchObject({ tagged: true, idn: false });
    expect(written({ idn: true })).toMatchObject({ tagged: false, idn: true });
    expect(written({ domain: null })).toMatchObject({ tagged: null, idn: null });
  });

  it('tell a security gateway by the host that answered, else by the names of the mail hosts', () => {
    const mxBy = (gateway: boolean): Findings => {
      const provider = providerOf({ class: gateway ? 'gateway' : 'mailbox' });
      return { mx: makeFinding('mx', { ...said, facts: { hosts: [], implicit: false, provider } }) };
    };
    const answeredBy = (provider: Provider | null, mx: Findings): boolean | null => {
      const facts = { mailbox: replyOf('accepted'), catchAll: catchAllOf('refuses_unknown'), provider, triplet: null };
      return flagsOf({ smtp: makeFinding('smtp', { ...said, facts }), ...mx }).security_gateway;
    };
    expect(answeredBy(providerOf({ class: 'gateway' }), mxBy(false))).toBe(true);
    expect(answeredBy(providerOf({ class: 'mailbox' }), mxBy(true))).toBe(false);
    expect(answeredBy(null, mxBy(true))).toBe(true);
    expect(answeredBy(null, {})).toBeNull();
    expect(decide({ findings: { ...findingsOf({ mailbox: null }), ...mxBy(true) }, crashed: false }).flags.security_gateway).toBe(
      true,
    );
  });

  it('say nothing of a mailbox that was not asked, nor of one whose host gave no answer', () => {
    const none = { catch_all: null, mailbox_full: null, mailbox_disabled: null };
    expect(judge({ mailbox: null }).flags).toMatchObject(none);
    expect(judge({ mailbox: failureOf('timeout'), catchAll: { kind: 'not_asked' } }).flags).toMatchObject(none);
    expect(judge({ mailbox: replyOf('greylisted'), catchAll: { kind: 'undecided', meaning: 'greylisted' } }).flags).toMatchObject(
      none,
    );
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

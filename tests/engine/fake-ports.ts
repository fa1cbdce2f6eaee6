// Plain objects in place of DNS, SMTP, lists and time, for tests of the engine. Each test overrides only what it is about.
import type { Evidence, ReplyMeaning, TransportFailure } from '@/lib/verdict/evidence';
import type { MailHost, Provider } from '@/lib/verdict/mail-host';
import { type Findings, type Subject, makeFinding } from '@/worker/engine/findings';
import type {
  CatchAllOutcome,
  DnsPort,
  EnginePorts,
  ListsPort,
  MailboxAnswer,
  MailboxOutcome,
  ResolverPort,
} from '@/worker/engine/ports';

export const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

export const NO_LISTS: ListsPort = {
  disposable: () => null,
  disposableByMx: () => null,
  relay: () => null,
  free: () => false,
  known: () => null,
  role: () => null,
  noReply: () => false,
  typo: () => null,
};

/** A domain with one MX host on a public address. */
export const ONE_HOST_DNS: DnsPort = {
  exists: () => Promise.resolve({ kind: 'found', records: ['ns1.example.com'] }),
  mx: (domain) => Promise.resolve({ kind: 'found', records: [{ preference: 10, exchange: `mx.${domain}` }] }),
  addresses: () => Promise.resolve({ kind: 'found', records: ['192.0.2.1'] }),
};

interface Changes {
  dns?: Partial<DnsPort>;
  resolver?: Partial<ResolverPort>;
  lists?: Partial<ListsPort>;
  answer?: Partial<MailboxAnswer>;
  smtp?: EnginePorts['smtp'];
  isDialable?: (address: string) => boolean;
  identities?: readonly string[];
  random?: () => number;
}

export function fakePorts(changes: Changes = {}): EnginePorts {
  const answer = mailboxAnswer(changes.answer);
  return {
    clock: { now: () => NOW },
    dns: { ...ONE_HOST_DNS, ...changes.dns },
    resolver: { isChosen: false, trustIn: () => 'proven', isInvented: () => false, ...changes.resolver },
    routability: { isDialable: changes.isDialable ?? (() => true) },
    smtp: changes.smtp ?? { ask: () => Promise.resolve(answer) },
    lists: { ...NO_LISTS, ...changes.lists },
    ...(changes.identities === undefined ? {} : { identities: changes.identities }),
    random: changes.random ?? (() => 0),
  };
}

export const subjectOf = (email: string, changes: Partial<Subject> = {}): Subject => ({
  email,
  deadline: NOW + 10_000,
  triplet: null,
  ...changes,
});

export const mailHost = (name: string): MailHost => ({ name, preference: 10, addresses: ['192.0.2.1'] });

export const providerOf = (changes: Partial<Provider>): Provider => ({
  id: 'some-provider',
  name: 'Some Provider',
  class: 'mailbox',
  acceptance: 'probe',
  maxRecipients: null,
  pace: null,
  ...changes,
});

const CODES: Readonly<Partial<Record<ReplyMeaning, number>>> = {
  accepted: 250,
  greylisted: 451,
  rate_limited: 421,
  temporary_failure: 450,
};

export const replyOf = (meaning: ReplyMeaning, retryAfterS: number | null = null): MailboxOutcome => ({
  kind: 'reply',
  meaning,
  rule: `rule-${meaning}`,
  reply: { code: CODES[meaning] ?? 550, enhanced: null, text: 'text' },
  host: 'mx.example.com',
  retryAfterS,
});

export const failureOf = (failure: TransportFailure): MailboxOutcome => ({
  kind: 'failure',
  failure,
  detail: 'detail',
  host: null,
});

export const catchAllOf = (kind: 'accepts_all' | 'refuses_unknown', remembered = false): CatchAllOutcome => ({
  kind,
  checkedAt: NOW,
  remembered,
  reply: { code: kind === 'accepts_all' ? 250 : 550, enhanced: null, text: 'text' },
  host: 'mx.example.com',
});

export const mailboxAnswer = (changes: Partial<MailboxAnswer> = {}): MailboxAnswer => ({
  mailbox: replyOf('accepted'),
  catchAll: catchAllOf('refuses_unknown'),
  provider: null,
  evidence: [rcptEvidence],
  triplet: null,
  ...changes,
});

export const rcptEvidence: Evidence = {
  at: new Date(NOW).toISOString(),
  layer: 'smtp',
  host: 'mx.example.com',
  address: '192.0.2.1',
  provider: null,
  identity: 'mx1.example.org',
  stage: 'rcpt',
  code: 250,
  enhanced: null,
  text: 'OK',
  meaning: 'accepted',
  rule: 'rule-accepted',
  duration_ms: 12,
  remembered: false,
};

/** What the syntax layer found for a plain address. */
export function syntaxFound(localPart = 'mary', domain = 'example.com'): Findings {
  const email = `${localPart}@${domain}`;
  const flags = { needsSmtpUtf8: false, idn: false, tagged: false, didYouMean: null };
  const facts = { localPart, domain, normalized: email, canonical: email, ...flags };
  return { syntax: makeFinding('syntax', { status: 'passed', summary: 'The address is well formed.', facts }) };
}

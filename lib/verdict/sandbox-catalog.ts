// The sandbox's catalog: one domain per behavior, with addresses to try and the verdict that an honest engine gives each. Pure data, read
// by the page that lists the addresses, the embedded mail servers that act them out, the tests and the CLI. Every behavior has exactly one
// domain, `<behavior>.sandbox.test`, under the reserved TLD of RFC 6761.
import { statusOf, type FinalStatus, type Reason } from './verdict';

export const SANDBOX_ZONE = 'sandbox.test';

/** The names that exist on every domain with mailboxes. Any other name there is refused, as by a real server. */
export const SANDBOX_MAILBOXES = ['alice', 'bob'] as const;
/** Additional mailboxes of the `utf8` domain. */
export const SANDBOX_UTF8_MAILBOXES = ['джон', 'josé'] as const;

/** Seconds until the greylisting host lets the same client, sender and recipient in. */
export const SANDBOX_GREYLIST_DELAY_S = 5;

export const SANDBOX_BEHAVIOURS = [
  'deliverable',
  'rejecting',
  'catch-all',
  'full',
  'disabled',
  'greylist',
  'blocking',
  'rate-limited',
  'connection-limited',
  'temporary',
  'ambiguous',
  'accept-then-drop',
  'tarpit',
  'drops',
  'mute',
  'garbage',
  'starttls-required',
  'helo-picky',
  'null-sender-refused',
  'rcptmax-limited',
  'too-many-recipients',
  'utf8',
  'implicit-mx',
  'dead-first-mx',
  'connect-failed',
  'private-mx',
  'null-mx',
  'no-mx',
  'servfail',
  'nothing-here',
] as const;
export type SandboxBehavior = (typeof SANDBOX_BEHAVIOURS)[number];

export interface SandboxVerdict {
  status: FinalStatus;
  reason: Reason;
}

export interface SandboxTry {
  email: string;
  /** The final verdict. */
  expected: SandboxVerdict;
  /** The first answer, if it differs from the final one (greylisting); otherwise null. */
  first: SandboxVerdict | null;
}

export interface SandboxEntry {
  behavior: SandboxBehavior;
  domain: string;
  title: string;
  /** One sentence for people. */
  description: string;
  tries: readonly SandboxTry[];
}

interface Card {
  title: string;
  description: string;
  /** Local part → the reason of the final verdict. */
  tries: Readonly<Record<string, Reason>>;
  first?: Reason;
}

const MAILBOXES_EXIST = { alice: 'mailbox_exists', bob: 'mailbox_exists', nobody: 'mailbox_not_found' } as const;

const CARDS: Record<SandboxBehavior, Card> = {
  deliverable: {
    title: 'Deliverable',
    description: 'A plain mail host: alice and bob have mailboxes, every other name is refused.',
    tries: { ...MAILBOXES_EXIST, info: 'mailbox_not_found' },
  },
  rejecting: {
    title: 'Rejecting',
    description: 'Every name is refused, alice and bob included.',
    tries: { alice: 'mailbox_not_found', bob: 'mailbox_not_found' },
  },
  'catch-all': {
    title: 'Catch-all',
    description: 'Takes mail for any name at all, so a yes says nothing about a single mailbox.',
    tries: { alice: 'catch_all', 'anyone.at.all': 'catch_all', info: 'catch_all' },
  },
  full: {
    title: 'Mailbox full',
    description: 'Both mailboxes exist and are over quota: alice temporarily, bob permanently.',
    tries: { alice: 'mailbox_full', bob: 'mailbox_full', nobody: 'mailbox_not_found' },
  },
  disabled: {
    title: 'Mailbox disabled',
    description: 'Both mailboxes have been switched off.',
    tries: { alice: 'mailbox_disabled', bob: 'mailbox_disabled', nobody: 'mailbox_not_found' },
  },
  greylist: {
    title: 'Greylisting',
    description: `Defers unknown senders for ${SANDBOX_GREYLIST_DELAY_S} seconds and answers truthfully when the same sender asks again.`,
    tries: MAILBOXES_EXIST,
    first: 'greylisted',
  },
  blocking: {
    title: 'Blocks us',
    description: 'Refuses every recipient because our address is on a blocklist, which says nothing about the mailbox.',
    tries: { alice: 'probe_blocked', nobody: 'probe_blocked' },
  },
  'rate-limited': {
    title: 'Too many questions',
    description: 'Says that we have asked for too many recipients.',
    tries: { alice: 'rate_limited', nobody: 'rate_limited' },
  },
  'connection-limited': {
    title: 'Too many connections',
    description: 'Greets with 421 because we hold too many connections, and hangs up.',
    tries: { alice: 'rate_limited' },
  },
  temporary: {
    title: 'Temporary failure',
    description: 'The mail host cannot look up its own mailboxes at the moment.',
    tries: { alice: 'temporary_failure', nobody: 'temporary_failure' },
  },
  ambiguous: {
    title: 'Ambiguous refusal',
    description: 'Refuses in words that could mean anything.',
    tries: { alice: 'ambiguous_reply' },
  },
  'accept-then-drop': {
    title: 'Accepts now, bounces later',
    description: 'Greets as a provider that accepts every recipient and only bounces after the message.',
    tries: { alice: 'provider_unverifiable', nobody: 'provider_unverifiable' },
  },
  tarpit: {
    title: 'Tarpit',
    description: 'Sends its greeting one byte a second, so that we time out before it has finished.',
    tries: { alice: 'timeout' },
  },
  drops: {
    title: 'Hangs up',
    description: 'Talks politely and closes the connection at the first recipient.',
    tries: { alice: 'disconnected', nobody: 'disconnected' },
  },
  mute: {
    title: 'Never says a word',
    description: 'Accepts the connection and stays silent.',
    tries: { alice: 'no_response' },
  },
  garbage: {
    title: 'Not a mail server',
    description: 'Something that is not SMTP answers on the mail port.',
    tries: { alice: 'smtp_protocol_error' },
  },
  'starttls-required': {
    title: 'Demands encryption',
    description: 'Accepts no sender before STARTTLS; its certificate is self-signed.',
    tries: MAILBOXES_EXIST,
  },
  'helo-picky': {
    title: 'Knows HELO only',
    description: 'An old server that refuses EHLO.',
    tries: MAILBOXES_EXIST,
  },
  'null-sender-refused': {
    title: 'Refuses the empty sender',
    description: 'Does not take MAIL FROM:<>, so we have to ask as a real sender.',
    tries: MAILBOXES_EXIST,
  },
  'rcptmax-limited': {
    title: 'One recipient at a time, announced',
    description: 'Announces LIMITS RCPTMAX=1 (RFC 9422) and enforces it.',
    tries: MAILBOXES_EXIST,
  },
  'too-many-recipients': {
    title: 'One recipient at a time, unannounced',
    description: 'Defers the second recipient of a transaction with 452 4.5.3 without having announced it.',
    tries: MAILBOXES_EXIST,
  },
  utf8: {
    title: 'Names beyond ASCII',
    description: 'Offers SMTPUTF8 and has mailboxes whose names are not ASCII.',
    tries: { ...MAILBOXES_EXIST, джон: 'mailbox_exists', josé: 'mailbox_exists', мария: 'mailbox_not_found' },
  },
  'implicit-mx': {
    title: 'No MX, but an address',
    description: 'Has no MX record, so the domain’s own address takes its mail (RFC 5321 section 5.1).',
    tries: MAILBOXES_EXIST,
  },
  'dead-first-mx': {
    title: 'First mail host is down',
    description: 'The preferred mail host refuses connections and the second one answers.',
    tries: MAILBOXES_EXIST,
  },
  'connect-failed': {
    title: 'Mail host is down',
    description: 'The only mail host refuses connections.',
    tries: { alice: 'connect_failed' },
  },
  'private-mx': {
    title: 'Private mail host',
    description: 'The mail host has an address of a private network, which nobody outside can reach.',
    tries: { alice: 'mx_unroutable' },
  },
  'null-mx': {
    title: 'Takes no mail',
    description: 'A null MX record (RFC 7505) says that the domain takes no mail.',
    tries: { alice: 'null_mx' },
  },
  'no-mx': {
    title: 'No mail host',
    description: 'The domain exists and has neither MX nor address.',
    tries: { alice: 'no_mx' },
  },
  servfail: {
    title: 'DNS is broken',
    description: 'The name server answers SERVFAIL, which says nothing about the domain.',
    tries: { alice: 'dns_temporary_error' },
  },
  'nothing-here': {
    title: 'No such domain',
    description: 'The domain does not exist.',
    tries: { alice: 'domain_not_found' },
  },
};

const verdictOf = (reason: Reason): SandboxVerdict => ({ status: statusOf(reason), reason });

export const sandboxDomain = (behavior: SandboxBehavior): string => `${behavior}.${SANDBOX_ZONE}`;

export const SANDBOX_CATALOGUE: readonly SandboxEntry[] = SANDBOX_BEHAVIOURS.map((behavior) => {
  const { title, description, tries, first } = CARDS[behavior];
  const domain = sandboxDomain(behavior);
  return {
    behavior,
    domain,
    title,
    description,
    tries: Object.entries(tries).map(([localPart, reason]) => ({
      email: `${localPart}@${domain}`,
      expected: verdictOf(reason),
      first: first === undefined ? null : verdictOf(first),
    })),
  };
});

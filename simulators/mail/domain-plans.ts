// What each behavior of the catalog consists of: its DNS records and the scripts of its mail hosts. Every behavior has a plan; the compiler
// checks it. Replies that are not an MTA's usual ones are written out here.
import { SANDBOX_MAILBOXES, SANDBOX_UTF8_MAILBOXES, sandboxDomain, type SandboxBehavior } from '@/lib/verdict/sandbox-catalog';
import { createGreylist, type GreylistOptions } from './greylist';
import { hangUp, say, type Answer } from './mail-host';
import { EXCHANGE, EXIM, GMAIL_WORDS, OPENSMTPD, POSTFIX, QMAIL, SENDMAIL, YAHOO, type Mta } from './mta';
import type { RcptCommand, SmtpScript } from './smtp-script';

export interface MailHostPlan {
  name: string;
  /** null: nothing listens there. */
  script: SmtpScript | null;
  /** An address outside the sandbox's range; null takes the next one of the range. */
  address: string | null;
}

/** `mx`: hosts in order of preference. `implicit`: the domain's own address. `bare`: a name without MX or address. */
export type DomainPlan =
  | { kind: 'mx'; hosts: readonly MailHostPlan[] }
  | { kind: 'implicit'; host: MailHostPlan }
  | { kind: 'null_mx' | 'bare' | 'servfail' | 'absent' };

export interface PlanOptions {
  greylist: GreylistOptions;
  tarpitByteEveryMs: number;
}

const MAILBOXES: readonly string[] = SANDBOX_MAILBOXES;

export function planDomains(options: PlanOptions): Record<SandboxBehavior, DomainPlan> {
  return {
    deliverable: oneHost('deliverable', wellBehaved(POSTFIX)),
    rejecting: oneHost('rejecting', { mta: GMAIL_WORDS, mailboxes: [] }),
    'catch-all': oneHost('catch-all', { mta: EXIM, mailboxes: 'every' }),
    full: oneHost('full', wellBehaved(POSTFIX, { rcpt: overQuota })),
    disabled: oneHost('disabled', wellBehaved(SENDMAIL, { rcpt: switchedOff })),
    greylist: oneHost('greylist', greylisting(options.greylist)),
    blocking: oneHost('blocking', wellBehaved(EXCHANGE, { rcpt: blocklisted })),
    'rate-limited': oneHost(
      'rate-limited',
      wellBehaved(POSTFIX, { rcpt: ({ client }) => say(`450 4.7.1 Error: too many recipients from ${client}`) }),
    ),
    'connection-limited': oneHost('connection-limited', connectionLimited),
    temporary: oneHost(
      'temporary',
      wellBehaved(POSTFIX, { rcpt: ({ recipient }) => say(`451 4.3.0 <${recipient}>: Temporary lookup failure`) }),
    ),
    // RFC 5321 section 4.2.3 gives this text for 554, and servers use it for anything.
    ambiguous: oneHost('ambiguous', wellBehaved(EXIM, { rcpt: () => say('554 Transaction failed') })),
    'accept-then-drop': oneHost('accept-then-drop', { mta: YAHOO, mailboxes: 'every' }),
    tarpit: oneHost('tarpit', tarpit(options.tarpitByteEveryMs)),
    drops: oneHost('drops', wellBehaved(OPENSMTPD, { rcpt: () => hangUp() })),
    mute: oneHost('mute', wellBehaved(POSTFIX, { opening: null })),
    garbage: oneHost('garbage', secureShell),
    'starttls-required': oneHost('starttls-required', starttlsRequired),
    'helo-picky': oneHost('helo-picky', wellBehaved(QMAIL, { ehlo: say(QMAIL.unknownCommand) })),
    'null-sender-refused': oneHost('null-sender-refused', nullSenderRefused),
    'rcptmax-limited': oneHost('rcptmax-limited', {
      ...wellBehaved(POSTFIX, { rcpt: oneRecipientOnly('452 4.5.3 Error: too many recipients') }),
      extensions: ['LIMITS RCPTMAX=1'],
    }),
    'too-many-recipients': oneHost(
      'too-many-recipients',
      wellBehaved(EXCHANGE, { rcpt: oneRecipientOnly('452 4.5.3 Too many recipients') }),
    ),
    utf8: oneHost('utf8', { mta: POSTFIX, mailboxes: [...MAILBOXES, ...SANDBOX_UTF8_MAILBOXES], extensions: ['SMTPUTF8'] }),
    'implicit-mx': { kind: 'implicit', host: mailHost(sandboxDomain('implicit-mx'), wellBehaved(EXIM)) },
    'dead-first-mx': {
      kind: 'mx',
      hosts: [
        mailHost(`mx1.${sandboxDomain('dead-first-mx')}`, null),
        mailHost(`mx2.${sandboxDomain('dead-first-mx')}`, wellBehaved(SENDMAIL)),
      ],
    },
    'connect-failed': oneHost('connect-failed', null),
    'private-mx': {
      kind: 'mx',
      hosts: [{ name: `mx.${sandboxDomain('private-mx')}`, script: null, address: '10.66.0.25' }],
    },
    'null-mx': { kind: 'null_mx' },
    'no-mx': { kind: 'bare' },
    servfail: { kind: 'servfail' },
    'nothing-here': { kind: 'absent' },
  };
}

const mailHost = (name: string, script: SmtpScript | null): MailHostPlan => ({ name, script, address: null });

const oneHost = (behavior: SandboxBehavior, script: SmtpScript | null): DomainPlan => ({
  kind: 'mx',
  hosts: [mailHost(`mx.${sandboxDomain(behavior)}`, script)],
});

const wellBehaved = (mta: Mta, departures: Partial<SmtpScript> = {}): SmtpScript => ({
  mta,
  mailboxes: MAILBOXES,
  ...departures,
});

/** Dovecot's quota-status service behind Postfix, as a temporary and as a permanent refusal. */
function overQuota({ recipient, localPart }: RcptCommand): Answer | null {
  if (localPart === 'alice') return say(`452 4.2.2 <${recipient}>: Recipient address rejected: Mailbox is full`);
  if (localPart === 'bob') return say(`552 5.2.2 <${recipient}>: Recipient address rejected: Mailbox is full`);
  return null;
}

function switchedOff({ recipient, localPart }: RcptCommand): Answer | null {
  return MAILBOXES.includes(localPart) ? say(`550 5.2.1 <${recipient}>... Mailbox disabled for this recipient`) : null;
}

function blocklisted({ client }: RcptCommand): Answer {
  return say(
    `550 5.7.1 Service unavailable, Client host [${client}] blocked using Spamhaus. ` +
      `To request removal from this list see https://www.spamhaus.org/query/ip/${client} (AS16012612)`,
  );
}

function greylisting(options: GreylistOptions): SmtpScript {
  const secondsToWait = createGreylist(options);
  return wellBehaved(POSTFIX, {
    rcpt: (command) => {
      const seconds = secondsToWait(command);
      if (seconds === 0) return null;
      const { recipient } = command;
      return say(`451 4.7.1 <${recipient}>: Recipient address rejected: Greylisted, please try again in ${seconds} seconds`);
    },
  });
}

const oneRecipientOnly =
  (refusal: string) =>
  ({ accepted }: RcptCommand): Answer | null =>
    accepted >= 1 ? say(refusal) : null;

const connectionLimited: SmtpScript = wellBehaved(POSTFIX, {
  opening: hangUp(`421 4.7.0 mx.${sandboxDomain('connection-limited')} Error: too many connections from 127.0.0.1`),
});

/** The three-line banner of cPanel's Exim. At one byte a second it outlasts all our time budgets. */
const tarpit = (byteEveryMs: number): SmtpScript =>
  wellBehaved(EXIM, {
    byteEveryMs,
    opening: say(
      [
        `220-mx.${sandboxDomain('tarpit')} ESMTP Exim 4.96.2 #2 Mon, 23 Nov 2026 09:30:00 +0000 `,
        '220-We do not authorize the use of this system to transport unsolicited, ',
        '220 and/or bulk e-mail.',
      ].join('\r\n'),
    ),
  });

const secureShell: SmtpScript = wellBehaved(POSTFIX, {
  opening: say('SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3'),
  toAnything: hangUp('Invalid SSH identification string.'),
});

const starttlsRequired: SmtpScript = {
  ...wellBehaved(POSTFIX, { mail: ({ isTls }) => (isTls ? null : say('530 5.7.0 Must issue a STARTTLS command first')) }),
  extensions: ['STARTTLS'],
};

const nullSenderRefused: SmtpScript = wellBehaved(POSTFIX, {
  mail: ({ sender }) => (sender === '' ? say('554 5.7.1 <>: Sender address rejected: Access denied') : null),
});

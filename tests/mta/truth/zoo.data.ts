// The right answers for the zoo, known from zoo/behaviors.ts and zoo/words.data.ts.
import { at, each, type Row, type Truth } from './row';

const ABOUT_US = 'words of a policy, none of the mailbox: whether it exists nobody can know';

const BY_PLACE = [
  ['zoo/after-yes', 'after-yes.zoo.test', 'everybody is accepted after the first acceptance of a session'],
  ['zoo/after-no', 'after-no.zoo.test', 'everybody is accepted after two refusals of a session'],
  ['zoo/shuts', 'shuts.zoo.test', 'everybody is refused after the first refusal of a session'],
  ['zoo/first-truly', 'first-truly.zoo.test', 'the first of a session is told the truth, the others are accepted'],
  ['zoo/own-words', 'own-words.zoo.test', 'access denied from the third recipient of a session on'],
  ['zoo/liar', 'liar.zoo.test', 'our first address is told that nobody exists, the second the truth'],
] as const;

export const ZOO_TRUTH: readonly Truth[] = [
  ...at('zoo/yes', [
    ...each('alice anybody 8f3kq', 'yes.zoo.test', ['catch_all', 'every name is taken']),
    ['info@yes.zoo.test', 'catch_all', 'catch-all weighs more than a role', { catch_all: true, role: true }],
  ]),
  ...at('zoo/drops', [
    ...each('u1 u2 u3 u4 u5 u6 u7 u8 u9 u10 u11 u12', 'drops.zoo.test', ['mailbox_exists', 'hangs up at the sixth recipient']),
    ...each('gone1 gone2 gone3', 'drops.zoo.test', ['mailbox_not_found', 'hangs up at the sixth recipient']),
  ]),
  ...at('zoo/closes', [
    ...each('alice bob carol dora u1 u2', 'closes.zoo.test', ['mailbox_exists', '421 at the fourth recipient of a session']),
    ...each('gone1 gone2', 'closes.zoo.test', ['mailbox_not_found', '421 at the fourth recipient of a session']),
  ]),
  ...at('zoo/one', [
    ...each('alice bob carol dora u1', 'one.zoo.test', ['mailbox_exists', 'one recipient a message, then 452 4.5.3']),
    ...each('gone1 gone2', 'one.zoo.test', ['mailbox_not_found', 'one recipient a message, then 452 4.5.3']),
  ]),
  ...at('zoo/storm', each('alice bob carol dora u1 u2 u3 u4 u5 u6', 'storm.zoo.test', ['probe_blocked', ABOUT_US])),
  ...at('zoo/blocked', each('alice bob nobody', 'blocked.zoo.test', ['probe_blocked', '550 5.7.1 our address is blocked'])),
  ...at('zoo/tls', [
    ['alice@tls.zoo.test', 'mailbox_exists', '530 5.7.0 before STARTTLS'],
    ['nobody@tls.zoo.test', 'mailbox_not_found', '530 5.7.0 before STARTTLS'],
  ]),
  ...at('zoo/bad-tls', [
    ['alice@bad-tls.zoo.test', 'mailbox_exists', 'its TLS is broken and it does not insist: plain'],
    ['nobody@bad-tls.zoo.test', 'mailbox_not_found', 'its TLS is broken and it does not insist: plain'],
  ]),
  ...at('zoo/bad-tls-only', [
    ['alice@bad-tls-only.zoo.test', 'probe_blocked', 'it insists on a TLS that cannot be had, so no name can be put to it'],
  ]),
  ...at('zoo/ascii', [
    ['alice@ascii.zoo.test', 'mailbox_exists', 'an ASCII name needs no SMTPUTF8'],
    ['nobody@ascii.zoo.test', 'mailbox_not_found', 'an ASCII name needs no SMTPUTF8'],
    ['грета@ascii.zoo.test', 'probe_blocked', 'no SMTPUTF8: the name cannot be put to it (RFC 6531 3.2), so nobody can know'],
  ]),
  ...at('zoo/no-null', [
    ['alice@no-null.zoo.test', 'mailbox_exists', 'refuses <>, and we have a real sender'],
    ['nobody@no-null.zoo.test', 'mailbox_not_found', 'refuses <>, and we have a real sender'],
  ]),
  ...at('zoo/only-null', [
    ['alice@only-null.zoo.test', 'mailbox_exists', 'refuses the real sender, takes <>'],
    ['nobody@only-null.zoo.test', 'mailbox_not_found', 'refuses the real sender, takes <>'],
  ]),
  ...at('zoo/mute', [['alice@mute.zoo.test', 'no_response', 'no greeting ever comes, so nobody can know']]),
  ...at('zoo/hangs-up', [['alice@hangs-up.zoo.test', 'disconnected', 'hangs up at EHLO, so nobody can know']]),
  ...at('zoo/web', [['alice@web.zoo.test', 'smtp_protocol_error', 'speaks HTTP, so nobody can know']]),
  ...at('zoo/serial', [
    ['alice@serial.zoo.test', 'mailbox_exists', 'one command at a time: no PIPELINING'],
    ['nobody@serial.zoo.test', 'mailbox_not_found', 'one command at a time: no PIPELINING'],
  ]),
  ...BY_PLACE.flatMap(([host, domain, why]) =>
    at(host, [
      ...each('alice gone1 bob gone2 carol gone3 dora gone4 u1 u2 u3', domain, ['mailbox_exists', why]).map(
        ([address, reason, because]): Row => [address, address.startsWith('gone') ? 'mailbox_not_found' : reason, because],
      ),
    ]),
  ),
  ...at('zoo/first-blindly', [
    ...each('alice bob carol', 'first-blindly.zoo.test', [
      'catch_all',
      'whoever is asked first in a session is accepted, so anybody is',
    ]),
  ]),
  ...at('zoo/plausible', [
    ...each('alice bob', 'plausible.zoo.test', ['catch_all', 'every name is taken that looks like a person’s']),
    ['8f3kq@plausible.zoo.test', 'mailbox_not_found', 'other names have to exist'],
  ]),
  ...at('zoo/dotted', [
    ...each('alice.smith gone.away', 'dotted.zoo.test', ['catch_all', 'every first.last without a digit is taken']),
    ['gone1@dotted.zoo.test', 'mailbox_not_found', 'other names have to exist'],
  ]),
  ...at('zoo/short', [
    ...each('alice bob gone', 'short.zoo.test', ['catch_all', 'every name of up to eight characters is taken']),
    ['someone.away@short.zoo.test', 'mailbox_not_found', 'longer names have to exist'],
  ]),
  ...at('zoo/letters', [
    ...each('alice gone.away', 'letters.zoo.test', ['catch_all', 'every name of letters and dots is taken']),
    ['gone1@letters.zoo.test', 'mailbox_not_found', 'other names have to exist'],
  ]),
  ...at('zoo/one-sender', [
    ...each('alice bob carol dora', 'one-sender.zoo.test', ['mailbox_exists', 'the null sender alone is told the truth']),
    ...each('gone1 gone2 gone3', 'one-sender.zoo.test', ['mailbox_not_found', 'the null sender alone is told the truth']),
  ]),
  ...at('zoo/no-ehlo', [
    ...each('alice bob carol', 'no-ehlo.zoo.test', ['mailbox_exists', 'hangs up at EHLO, and answers HELO']),
    ...each('gone1 gone2', 'no-ehlo.zoo.test', ['mailbox_not_found', 'hangs up at EHLO, and answers HELO']),
  ]),
  ...at('zoo/drops-sender', [
    ...each('alice bob carol', 'drops-sender.zoo.test', ['mailbox_exists', 'hangs up on the real sender, answers <>']),
    ...each('gone1 gone2', 'drops-sender.zoo.test', ['mailbox_not_found', 'hangs up on the real sender, answers <>']),
  ]),
  ...at('zoo/denies', [
    ...each('alice bob carol', 'denies.zoo.test', ['mailbox_exists', '"Access denied" is its word for unknown users']),
    ...each('gone1 gone2', 'denies.zoo.test', ['mailbox_not_found', '"Access denied" is its word for unknown users']),
  ]),
  ...at('zoo/plain-nobody', [
    ...each('alice bob carol', 'plain-nobody.zoo.test', ['mailbox_exists', 'knows nobody before STARTTLS']),
    ...each('gone1 gone2', 'plain-nobody.zoo.test', ['mailbox_not_found', 'knows nobody before STARTTLS']),
  ]),
  ...at('zoo/plain-anybody', [
    ...each('alice bob carol', 'plain-anybody.zoo.test', ['mailbox_exists', 'takes everybody before STARTTLS']),
    ...each('gone1 gone2', 'plain-anybody.zoo.test', ['mailbox_not_found', 'takes everybody before STARTTLS']),
  ]),
  ...at('zoo/yes', [
    ...each('alice nobody', 'backup-yes.test', ['connect_failed', 'a backup takes every name while the better host is down']),
  ]),
  ...at('zoo/put-off', [
    ...each('alice bob', 'put-off.zoo.test', [
      'mailbox_exists',
      'two others are refused as unknown; the made-up name is put off',
    ]),
    ...each('gone1 gone2', 'put-off.zoo.test', ['mailbox_not_found', '550 5.1.1']),
  ]),
  ...at('zoo/words', [
    ['alice@words.zoo.test', 'mailbox_exists', 'taken'],
    ...each('french-unknown german-unknown spanish-unknown italian-unknown chinese-unknown japanese-unknown', 'words.zoo.test', [
      'mailbox_not_found',
      'unknown user, in the language of the name',
    ]),
    ['lying-unknown@words.zoo.test', 'mailbox_not_found', '550 5.7.1 No such user: the text is clear, the status is not'],
    ['french-full@words.zoo.test', 'mailbox_full', '552 in French'],
    ['english-full@words.zoo.test', 'mailbox_full', '552 5.2.2'],
    ['english-disabled@words.zoo.test', 'mailbox_disabled', '550 5.2.1'],
    ['vague-no@words.zoo.test', 'ambiguous_reply', '550 No.: not a word of whom or what, so nobody can know'],
  ]),
];

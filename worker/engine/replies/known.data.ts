// Well-known replies whose words do not say what they mean: each was explained by the one who sends it. They are asked
// before anything is read. Refuses sentences whose words do say it: those are for the reader.
import { rx, type ReplyRule } from './rule';

export const ACCEPTANCE_RULES: readonly ReplyRule[] = [
  {
    id: 'accepted.rcpt',
    meaning: 'accepted',
    subject: 'recipient',
    when: { stages: ['rcpt'], code: /^25[012]$/ },
    specimen: { stage: 'rcpt', code: 250, text: '2.1.5 Ok' },
    source: 'RFC 5321 4.3.2 (RCPT: 250, 251)',
  },
  {
    id: 'accepted.mail',
    meaning: 'accepted',
    subject: 'sender',
    when: { stages: ['mail'], code: /^250$/ },
    specimen: { stage: 'mail', code: 250, enhanced: '2.1.0', text: 'Sender ok' },
    source: 'RFC 5321 4.3.2 (MAIL: 250)',
  },
  {
    id: 'accepted.logged',
    meaning: 'accepted',
    subject: 'recipient',
    when: {
      stages: ['unknown'],
      code: /^25[01]$/,
      not: rx(
        'sender',
        'hello',
        'pleased',
        'queued',
        'pipelining',
        'originator',
        'reset',
        'flushed',
        '\\bbye\\b',
        'size \\d',
        'spam',
        'message accepted',
        'mail from',
      ),
    },
    specimen: { stage: 'unknown', code: 250, enhanced: '2.1.5', text: 'recipient <info@example.com> ok' },
    source: 'RFC 5321 4.3.2',
  },
];

const ACCESS_DENIED =
  /recipient address(?:es)? (?:rejected|refused|denied|declined|not accepted)(?: ?: ?| - | \()access (?:denied|refused)/;

export const KNOWN_RULES: readonly ReplyRule[] = [
  {
    id: 'known.access-denied',
    meaning: 'mailbox_not_found',
    subject: 'recipient',
    when: {
      stages: ['rcpt', 'unknown'],
      code: /^5/,
      enhanced: /^5\.4\.1$/,
      text: ACCESS_DENIED,
    },
    specimen: { stage: 'rcpt', code: 550, enhanced: '5.4.1', text: 'Recipient address rejected: Access denied. AS(201806281)' },
    source: 'Exchange Online: Directory Based Edge Blocking',
  },
  {
    id: 'known.access-denied-microsoft',
    meaning: 'mailbox_not_found',
    subject: 'recipient',
    when: {
      stages: ['rcpt', 'unknown'],
      code: /^5/,
      enhanced: /^$/,
      text: ACCESS_DENIED,
      provider: /microsoft|exchange-online|office-?365|outlook/,
    },
    specimen: { stage: 'rcpt', code: 550, text: 'Recipient address rejected: Access denied', provider: 'microsoft-365' },
    source: 'Exchange Online: Directory Based Edge Blocking, status lost on the way',
  },
  {
    id: 'known.restricted-for-now',
    meaning: 'rate_limited',
    subject: 'client',
    when: { code: /^4/, enhanced: /^4\.7\.(?:[56]\d\d|8[5-9]\d)$/, text: rx('^[^a-z]*access denied') },
    specimen: { stage: 'rcpt', code: 451, enhanced: '4.7.500', text: 'Access denied, please try again later' },
    source: 'Exchange Online NDR list (4.7.500–699, 4.7.850–899: sending restricted while activity is looked at)',
  },
  {
    id: 'known.tenant-threshold',
    meaning: 'rate_limited',
    subject: 'client',
    when: { code: /^5/, text: rx('tenant has exceeded') },
    specimen: { stage: 'mail', code: 550, enhanced: '5.7.705', text: 'Access denied, tenant has exceeded threshold' },
    source: 'Exchange Online NDR list (5.7.705)',
  },
  {
    id: 'known.bad-primary',
    meaning: 'temporary_failure',
    subject: 'system',
    when: { code: /^5/, text: rx('badprimary') },
    specimen: { stage: 'rcpt', code: 550, enhanced: '5.2.0', text: 'RESOLVER.ADR.BadPrimary; primary SMTP address is missing' },
    source: 'Exchange NDR list: a directory object that is broken',
  },
  {
    id: 'known.leads-nowhere',
    meaning: 'mailbox_not_found',
    subject: 'recipient',
    when: { stages: ['rcpt', 'unknown'], code: /^5/, enhanced: /^5\.2\.4$/, text: rx('mailing list expansion problem') },
    specimen: { stage: 'rcpt', code: 524, enhanced: '5.2.4', text: 'Mailing list expansion problem: <info@example.com>' },
    source: 'OpenSMTPD: an address whose aliases and users lead to nobody',
  },
  {
    id: 'known.unavailable-or-denied',
    meaning: 'mailbox_not_found',
    subject: 'recipient',
    when: { stages: ['rcpt', 'unknown'], code: /^550$/, text: rx('mailbox unavailable or access denied') },
    specimen: { stage: 'rcpt', code: 550, text: 'Mailbox unavailable or access denied [abc= IP: 192.0.2.7]' },
    source: 'Tencent mail help',
  },
  {
    id: 'known.problem-occurred',
    meaning: 'sender_blocked',
    subject: 'client',
    when: { code: /^5/, text: rx('a problem occurred\\. \\(ask your postmaster') },
    specimen: { stage: 'connect', code: 554, text: 'IP=192.0.2.7 - A problem occurred. (Ask your postmaster for help)' },
    source: 'T-Online postmaster page: an address without reputation or on a list',
  },
  {
    id: 'known.spfbl-sender',
    meaning: 'sender_rejected',
    subject: 'sender',
    when: { code: /^5/, enhanced: /^5\.7\.1$/, text: rx('spfbl <?%a>? is not a valid e-?mail address') },
    specimen: { stage: 'rcpt', code: 554, enhanced: '5.7.1', text: 'SPFBL check@example.org is not a valid e-mail address.' },
    source: 'SPFBL, an open policy server: the address it names is the sender it was asked about',
  },
  {
    id: 'known.later-only',
    meaning: 'greylisted',
    subject: 'client',
    when: {
      stages: ['rcpt', 'unknown'],
      code: /^45[01]$/,
      enhanced: /^4\.7\.[01]$/,
      text: /^(?:<%a>:? ?)?(?:please )?(?:try|retry)(?: again)? ?(?:later|after some time|in a (?:while|few minutes))?[.!]?$/,
    },
    specimen: { stage: 'rcpt', code: 451, enhanced: '4.7.1', text: 'Try again later' },
    source: 'observed: Barracuda Email Security Gateway; rspamd',
  },
];

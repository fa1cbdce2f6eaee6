// Rules about the dialogue itself: acceptance, commands out of order, syntax, extensions. A refusal of what we said is a
// fault of ours and tells nothing of the mailbox; only the syntax of the recipient's own address does.
import { rx } from './pattern';
import type { ReplyRule } from './rule';

const COMMAND = '(?:helo|ehlo|hello|helo/ehlo|ehlo/helo|mail|mail from|rcpt|rcpt to)';

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
    id: 'accepted.logged',
    meaning: 'accepted',
    subject: 'recipient',
    when: {
      stages: ['unknown'],
      code: /^25[01]$/,
      not: rx('sender', 'hello', 'pleased', 'queued', 'pipelining', 'originator', 'reset', 'flushed', '\\bbye\\b', 'size \\d', 'spam', 'message accepted', 'mail from'),
    },
    specimen: { stage: 'unknown', code: 250, enhanced: '2.1.5', text: 'recipient <info@example.com> ok' },
    source: 'RFC 5321 4.3.2',
  },
];

export const PROTOCOL_RULES: readonly ReplyRule[] = [
  {
    id: 'protocol.sequence',
    meaning: 'policy_other',
    subject: 'system',
    when: {
      text: rx(
        `\\bneed (?:a )?${COMMAND}\\b`, `\\b(?:send|say|use|issue|expect\\w*|try) (?:a )?${COMMAND}(?: command)? first`, 'polite people', 'nested mail', 'bad (?:command )?sequence', 'out of (?:sequence|order)',
        'sender (?:is )?already', 'already (?:have|got|given|specified) (?:a )?sender', `\\b${COMMAND} (?:command )?(?:required|expected|first|before)\\b`, `no ${COMMAND} (?:given|specified|seen|yet|received)`, `must (?:send|issue|have|give) (?:a |the )?${COMMAND}\\b`, 'duplicate (?:helo|ehlo|mail)', 'introduce yourself', 'wrong state', 'invalid (?:command )?sequence', 'improper command seq',
      ),
    }, // prettier-ignore
    specimen: { stage: 'mail', code: 503, enhanced: '5.5.1', text: 'Error: send HELO/EHLO first' },
    source: 'postfix smtpd.c; RFC 5321 4.3.2 (503)',
  },
  {
    id: 'protocol.smtputf8',
    meaning: 'policy_other',
    subject: 'system',
    when: { text: rx('smtputf8', 'utf-?8 addresses', 'internationali[sz]ed (?:e-?mail|address|mail)', 'non-?ascii', '8-?bit characters? (?:not|in)') },
    specimen: { stage: 'rcpt', code: 553, enhanced: '5.6.7', text: 'Must declare SMTPUTF8 to send unicode address' },
    source: 'RFC 6531 3.5; postfix smtpd.c',
  },
  {
    id: 'protocol.synchronisation',
    meaning: 'policy_other',
    subject: 'system',
    when: { text: rx('synchroni[sz]ation', 'improper use of (?:smtp )?(?:command )?pipelining', 'pipelining (?:not|violation|rejected)', '\\bprotocol (?:error|violation)', 'bare (?:lf|line ?feed|newline|<lf>|cr\\b)', 'i can break rules', 'smtp protocol returned', 'talks? too (?:soon|early)', 'early ?talker', 'data before (?:greeting|banner)', 'not speak(?:ing)? smtp', 'http command') },
    specimen: { stage: 'rcpt', code: 554, enhanced: '5.5.0', text: 'Error: SMTP protocol synchronization' },
    source: 'exim smtp_in.c; postfix smtpd.c',
  },
  {
    id: 'protocol.sender-syntax',
    meaning: 'sender_rejected',
    subject: 'sender',
    when: {
      code: /^5/,
      text: rx('syntax error in (?:mail from|from|sender|reverse)', 'bad sender(?:\'s)? (?:mailbox )?address syntax', '(?:invalid|malformed|bad) (?:sender|reverse|from|return)[- ]?(?:path|address) syntax', 'from: ?<[^>]*> ?(?:syntax|invalid)', 'real domain name required', 'required for sender address'),
    },
    specimen: { stage: 'mail', code: 501, enhanced: '5.1.7', text: 'Bad sender address syntax' },
    source: 'postfix smtpd.c; sendmail cf/m4/proto.m4',
  },
  {
    id: 'protocol.sender-syntax-at-mail',
    meaning: 'sender_rejected',
    subject: 'sender',
    when: {
      stages: ['mail'],
      code: /^5(?:01|5[0-4])$/,
      text: rx('(?:invalid|malformed|bad|illegal) (?:e-?mail |mailbox )?address', 'address syntax', 'syntax error in (?:parameters|address|argument)', 'host ?name required', 'domain (?:name )?required', 'invalid host ?name', 'must contain a domain', 'must not (?:begin|start)', 'illegal in host', 'invalid (?:domain|syntax)', 'user address required', 'unbalanced', 'local[- ]part', 'domain missing'),
    },
    specimen: { stage: 'mail', code: 553, enhanced: '5.1.3', text: 'Hostname required' },
    source: 'sendmail cf/m4/proto.m4 (same check at MAIL)',
  },
  {
    id: 'protocol.recipient-syntax',
    meaning: 'mailbox_not_found',
    subject: 'recipient',
    when: {
      stages: ['rcpt', 'unknown'],
      code: /^5(?:01|13|5[0345])$/,
      text: rx(
        'syntax error in (?:recipient|rcpt|forward|to\\b|mailbox)', '(?:bad|invalid|malformed|illegal|incorrect) (?:recipient|rcpt|destination|forward[- ]path|mailbox|to)(?:\'s)? ?(?:e-?mail |mailbox |mail )?(?:address )?(?:syntax|format)', 'recipient address must contain', 'must contain a domain', 'local[- ]part (?:must|may|is|has|cannot|contains|of)', 'host ?name required', 'colon illegal', 'illegal in host', '<%a>[. ]*invalid host ?name', '^invalid host ?name', 'invalid route', 'unbalanced [<>"\']', 'user address required', 'missing or malformed local', 'domain missing or malformed', 'malformed (?:recipient |e-?mail )?address', 'not (?:a )?valid rfc[- ]?\\d+', 'not rfc[- ]?\\d+ compliant address', 'address (?:is )?(?:not well[- ]formed|malformed)', 'syntactically in(?:valid|correct) (?:recipient )?address', '(?:bad|invalid) (?:e-?mail )?address (?:syntax|format)', 'recipient (?:is )?not fully[- ]qualified', 'recipient address rejected: need fully', 'domain name required',
      ),
      not: rx('sender', 'helo', 'mail from'),
    }, // prettier-ignore
    specimen: { stage: 'rcpt', code: 501, enhanced: '5.1.3', text: 'Bad recipient address syntax' },
    source: 'postfix smtpd.c; sendmail cf/m4/proto.m4; exim acl',
  },
  {
    id: 'protocol.command',
    meaning: 'policy_other',
    subject: 'system',
    when: {
      code: /^(?:50[0234]|555)$/,
      text: rx('(?:un-?recogni[sz]ed|unknown|bad|invalid|unsupported|unexpected|unimplemented|illegal|disabled) (?:smtp )?(?:command|option|parameter|keyword|verb|argument|esmtp)', 'command (?:is )?(?:not|un|dis)', 'not implemented', 'unimplemented', '(?:option|parameter|argument)s? (?:is |are )?(?:not|un)', 'line too long', 'what\\?', 'syntax'),
      not: rx('sender', 'recipient', 'authenti', 'rejected'),
    },
    specimen: { stage: 'mail', code: 502, enhanced: '5.5.2', text: 'Error: command not recognized' },
    source: 'RFC 5321 4.2.4; postfix smtpd.c',
  },
  {
    id: 'protocol.syntax-error',
    meaning: 'policy_other',
    subject: 'system',
    when: {
      code: /^501$/,
      text: rx('^(?:\\S+ )?syntax error\\.?$', 'syntax error,? (?:in|command|- )', '^(?:error: )?(?:bad|invalid|illegal|unexpected|wrong) (?:syntax|parameters?|arguments?)', 'syntax: ', 'bad (?:command )?syntax'),
      not: rx('sender', 'recipient', 'helo', 'ehlo', 'address'),
    },
    specimen: { stage: 'unknown', code: 501, text: 'Syntax error in parameters or arguments' },
    source: 'RFC 5321 4.2.2 (501)',
  },
  {
    id: 'protocol.bounce-recipients',
    meaning: 'policy_other',
    subject: 'system',
    when: { text: rx('one recipient (?:is )?(?:allowed )?(?:with|for|per) (?:a )?(?:null|empty|bounce|<>)', '(?:bounce|dsn|null sender)(?: message)? (?:has|with|must not have) (?:too many|multiple|more)', 'bounces? (?:must|can|may) (?:only )?have (?:only )?one', 'multiple recipients? (?:for|with) (?:a )?bounce') },
    specimen: { stage: 'rcpt', code: 452, enhanced: '4.5.3', text: 'only one recipient allowed with null reverse-path' },
    source: 'haraka plugin bounce; mox smtpserver',
  },
];

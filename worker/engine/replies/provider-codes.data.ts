// Codes that a provider sends instead of words, or beside words that do not tell: one row for each meaning of a family, with
// the public page that explains it. Codes about us are asked before any word of the recipient, so that they outweigh a lying
// status; codes about the recipient only at RCPT. Codes are in normalized form: lower case, `_` as a space.
// Refuses codes that no public page explains.
import { rx, word, type ReplyRule } from './rule';

const GODADDY = 'GoDaddy help: email bounce codes (IB…)';
const LA_POSTE = 'Orange and La Poste postmaster pages (OFR_…, LPN…)';
const SPECTRUM = 'Spectrum help: understanding email error codes (AUP#In-…)';
const COX = 'Cox help: email error codes';
const FACEBOOK = 'Facebook postmaster: response codes (RCP, POL, DNS, CON, MSG, INT)';
const COMCAST = 'Comcast postmaster: mail delivery error codes';

/** "OFR005_104 [104]", "OFR_104", "LPN105_104", "LPN007_104": the last three digits carry the meaning. */
const laPoste = (...numbers: readonly string[]): string =>
  `(?<![a-z0-9])(?:ofr|ouk|lpn)(?:\\d{3}|aaa)? ?(?:${numbers.join('|')})(?!\\d| \\d{3})`;
const spectrum = (...numbers: readonly string[]): string => `\\baup#\\w{0,3}-?(?:${numbers.join('|')})(?!\\d)`;

/** Asked with the words of the recipient, after everything about us stayed silent. */
export const RECIPIENT_CODE_RULES: readonly ReplyRule[] = [
  {
    id: 'code.recipient-unknown',
    meaning: 'mailbox_not_found',
    subject: 'recipient',
    when: {
      stages: ['rcpt', 'unknown'],
      code: /^5/,
      text: rx(
        laPoste('416'),
        '\\brc:(?:ne|ld)\\b',
        '\\brcp-p1\\b',
        '\\bint-p[134]\\b',
        '\\.i\\.ua/err/2\\b',
        'answer(?:\\.py\\?answer=|/)6596\\b',
        'p=nosuchuser\\b',
      ),
    },
    specimen: { stage: 'rcpt', code: 550, enhanced: '5.1.1', text: 'OFR_416 [416]' },
    source: `${LA_POSTE}; i.ua help: mail errors; Google help 6596; ${FACEBOOK}`,
  },
  {
    id: 'code.recipient-full',
    meaning: 'mailbox_full',
    subject: 'recipient',
    when: {
      stages: ['rcpt', 'unknown'],
      code: /^[45]/,
      text: rx(laPoste('417'), '\\b(?:rp|dt):uqt\\b', '\\.i\\.ua/err/4\\b', 'p=overquota(?:temp|perm)'),
    },
    specimen: { stage: 'rcpt', code: 552, text: 'LPN007_417' },
    source: `${LA_POSTE}; i.ua help: mail errors; Google help`,
  },
  {
    id: 'code.recipient-disabled',
    meaning: 'mailbox_disabled',
    subject: 'recipient',
    when: { stages: ['rcpt', 'unknown'], code: /^5/, text: rx(laPoste('420', '426'), '\\.i\\.ua/err/3\\b', 'p=disableduser\\b') },
    specimen: { stage: 'rcpt', code: 550, text: 'LPN007_420' },
    source: `${LA_POSTE}; i.ua help: mail errors; Google help`,
  },
];

export const PROVIDER_CODE_RULES: readonly ReplyRule[] = [
  {
    id: 'relay.netease-codes',
    meaning: 'relay_denied',
    subject: 'client',
    when: { text: rx('\\brp:(?:drl|frl)\\b') },
    specimen: { stage: 'rcpt', code: 553, text: 'RP:DRL' },
    source: 'NetEase mail help: SMTP error codes',
  },
  {
    id: 'limit.netease-codes',
    meaning: 'rate_limited',
    subject: 'client',
    when: {
      text: rx('\\b(?:hl|mi|rp|dt|wm):(?:ifc|icc|ifq|ihu|itc|rep|cel|drc|ccl|dmc|sfq|qrc|stc|trc|rcl|rph|mrc|osl|frc)\\b'),
    },
    specimen: { stage: 'rcpt', code: 451, text: 'RP:CEL 192.0.2.7 see the help page' },
    source: 'NetEase mail help: SMTP error codes',
  },
  {
    id: 'limit.provider-codes',
    meaning: 'rate_limited',
    subject: 'client',
    when: {
      code: /^[45]/,
      text: rx(
        word('ib6\\d\\d', 'ib007', 'ib5(?:04|10)'),
        laPoste('104'),
        spectrum('13\\d\\d', '14\\d\\d', '15(?:40|50|60|80)', 'cxcnct', 'cxmxrt'),
        word('cxcnct', 'cxmxrt', 'cxthrt', 'rl\\d{3,6}'),
        '\\.i\\.ua/err/5\\b',
        '\\b(?:con-t[1-4]|msg-t1)\\b',
      ),
    },
    specimen: { stage: 'rcpt', code: 550, enhanced: '5.1.1', text: '<info@example.com> - refused. IB605' },
    source: `${GODADDY}; ${LA_POSTE}; ${SPECTRUM}; ${COX}; ${COMCAST}; ${FACEBOOK}`,
  },
  {
    id: 'trouble.provider-codes',
    meaning: 'temporary_failure',
    subject: 'system',
    when: { code: /^[45]/, text: rx(word('ib101'), spectrum('1090'), laPoste('201'), '\\b(?:rcp-t[1-3]|int-t\\d)\\b') },
    specimen: { stage: 'connect', code: 421, text: 'IB101' },
    source: `${GODADDY}; ${SPECTRUM}; ${LA_POSTE}`,
  },
  {
    id: 'sender.provider-codes',
    meaning: 'sender_rejected',
    subject: 'sender',
    when: {
      code: /^[45]/,
      text: rx(
        word('ib108', 'ib50[12689]', 'ib401'),
        laPoste('40[1-5]', '415', '517'),
        spectrum('11[0-5]\\d', '15[02]0'),
        word('cxdns'),
        '\\.i\\.ua/err/[78]\\b',
        '\\bdns-[pt][1-3]\\b',
        '\\b(?:mi:(?:spf|dma|nhd|imf|spb|sum|sfk|anl)|dns:nr|rp:rdn)\\b',
        '\\b(?:lib|vir) (?:120|420)\\b',
      ),
    },
    specimen: { stage: 'mail', code: 550, text: 'Refused IB506' },
    source: `${GODADDY}; ${LA_POSTE}; ${SPECTRUM}; ${COX}`,
  },
  {
    id: 'client.microsoft-codes',
    meaning: 'sender_blocked',
    subject: 'client',
    when: { code: /^5/, enhanced: /^5\.7\.50[1237]$/, text: rx('^[^a-z]*access denied(?!, bad helo)') },
    specimen: { stage: 'rcpt', code: 550, enhanced: '5.7.501', text: 'Access denied, spam abuse detected' },
    source: 'Exchange Online NDR list (5.7.501–503 banned, 5.7.507 blocked by the recipient)',
  },
  {
    id: 'content.provider-codes',
    meaning: 'policy_other',
    subject: 'content',
    when: {
      code: /^[45]/,
      text: rx(
        word('ib212', 'ib70\\d', 'urlbl\\d{3,5}', 'hvu:\\w+'),
        spectrum('11[6-9]\\d', '1530'),
        laPoste('506', '51[34]'),
        '\\b(?:rcp-p[23]|msg-p\\d|pol-p[5-7])\\b',
      ),
    },
    specimen: { stage: 'unknown', code: 552, text: 'Not taken: IB705' },
    source: `${GODADDY}; ${COX}; ${SPECTRUM}; ${LA_POSTE}; AOL postmaster (HVU)`,
  },
  {
    id: 'content.netease-codes',
    meaning: 'policy_other',
    subject: 'content',
    when: { code: /^5/, text: rx('\\b(?:dt:(?:spm|sum|mth|mts|sms|ums|sur)|rp:(?:sms|ums|rpb))\\b') },
    specimen: { stage: 'rcpt', code: 554, text: 'DT:SPM' },
    source: 'NetEase mail help: SMTP error codes',
  },
  {
    id: 'client.provider-codes',
    meaning: 'sender_blocked',
    subject: 'client',
    when: {
      code: /^[45]/,
      text: rx(
        word(
          'ib1\\d\\d',
          's31[345]\\d',
          'sc-00\\d',
          'dy-00\\d',
          'ou-00\\d',
          '(?:rly:|dyn:|rtr:|dnsbl:|con:|snd:)\\w+',
          'aup#\\S+',
          'cxbl',
          'cdrbl',
          'cxmj',
          'cxsndr',
          'cxsmtp',
          'ipbl\\d{4,5}',
          '(?:bl|es)0\\d{2,6}',
        ),
        laPoste('10[1-35-9]', '50[567]', '510', '630', '999'),
        '\\[bl\\d{2}\\]',
        '\\[tss(?:09|11|12)\\]',
        '\\b(?:hl|mi|dt|wm):(?:ipb|rbl|snb|mep|bli|blu)\\b',
        '\\bauth:dn\\b',
        'recipient address rejected: \\S*block(?!-?rcpt)',
        '\\brbl:\\d{3}',
        '\\.i\\.ua/err/9\\b',
        '\\bpol-[pt][1-4]\\b',
      ),
      not: rx('destinataire (?:invalide|inconnu)', 'invalid recipient', 'compte (?:du )?destinataire'),
    },
    specimen: { stage: 'connect', code: 550, text: 'OU-002 refused, see the postmaster page' },
    source: `Outlook.com postmaster troubleshooting; AOL postmaster; NetEase mail help; ${GODADDY}; ${LA_POSTE}; ${SPECTRUM}; ${COX}; ${COMCAST}`,
  },
];

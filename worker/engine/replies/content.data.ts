// Rules about content and policy: spam and virus words, size, administrative refusals. A probe sends no content, so such a
// reply is a policy against us and never tells of the mailbox.
import { rx } from './pattern';
import type { ReplyRule } from './rule';

export const CONTENT_RULES: readonly ReplyRule[] = [
  {
    id: 'content.size',
    meaning: 'policy_other',
    subject: 'content',
    when: { code: /^[45]/, text: rx('(?:message|mail|e-?mail|header|attachment|body)(?:\'s)? ?(?:\\w+ )?size', '(?:message|mail|e-?mail|header|attachment|body|file) (?:\\w+ ){0,3}?too (?:big|large|long)', 'message (?:exceeds|is larger|larger)', 'size (?:limit|exceeds|restriction|of (?:the |this )?message)', 'too large', 'exceeded mail ?size', 'maximum (?:message|size|allowed size)'), not: rx('mail-?box', 'inbox', 'user(?:\'s)? ', 'quota', 'account') },
    specimen: { stage: 'mail', code: 552, enhanced: '5.3.4', text: 'Message size exceeds fixed limit' },
    source: 'RFC 1870 6; postfix smtpd.c',
  },
  {
    id: 'content.spam',
    meaning: 'policy_other',
    subject: 'content',
    when: { code: /^[45]/, text: rx('\\bspam(?!haus|cop|rats|cannibal)\\w*', '\\bvir(?:us|ii|uses)\\b', 'malware', 'phishing', '\\buce\\b', '\\bube\\b', '\\bbulk\\b', 'unsolicited', 'unwanted', 'junk', 'advertis', 'attachment', '(?:message|mail|e-?mail) (?:\\w+ ){0,3}?(?:content|filter)', 'content (?:filter|reject|not|is|block|denied|policy)', 'message filtered', 'filtered', 'rule \\[\\d+\\]', 'mail data', 'message (?:has been |was |is )?(?:reject|block|refus|denied|not accept)\\w*', 'mail (?:\\S+ )?(?:is |was |has been )?rejected', 'bad(?:ly)? (?:header|formed message)', 'too many (?:hops|received)', 'hop count', 'mail loop', 'loop(?:s|ing)? (?:detected|back)', 'routing loop', 'dt:(?:spm|sum)', '垃圾', '病毒', '스팸', 'スパム', 'спам', 'message refused') },
    specimen: { stage: 'unknown', code: 554, text: 'Message rejected as spam by content filter' },
    source: 'RFC 3463 3.7, 3.8; observed',
  },
];

/** The recipient's own wishes: neither our fault nor a word on whether the mailbox exists. Asked before the rules about us. */
export const PREFERENCE_RULES: readonly ReplyRule[] = [
  {
    id: 'policy.preferences',
    meaning: 'policy_other',
    subject: 'system',
    when: { code: /^[45]/, text: rx("(?:recipient|user)(?:'s)? (?:\\w+ )?(?:preferences|settings|rules?|choice)", '(?:by|of) (?:the )?(?:recipient|user)(?:\'s)? (?:preferences|settings|rules|choice|request)', '(?:recipient|user) (?:\\w+ )?(?:refuses|refused|declines|chose|has chosen|does not want|rejects|only accepts|is only accepting)', 'only accept\\w* (?:mail|messages|e-?mail) from', 'restricted by policy', 'failure policy error') },
    specimen: { stage: 'rcpt', code: 550, text: 'Refused due to recipient preferences' },
    source: 'observed: Facebook RCP-P2; RFC 3463 3.8 (X.7.1)',
  },
];

export const POLICY_RULES: readonly ReplyRule[] = [
  {
    id: 'policy.refused',
    meaning: 'policy_other',
    subject: 'system',
    when: {
      code: /^5|^4(?!21)/,
      text: rx(
        'polic(?:y|ies)', 'administrative(?:ly)?', 'prohibit\\w*', 'recipient preferences', 'security', 'local (?:rule|restriction)', 'not (?:authori[sz]ed|permitted|allowed) to (?:send|e-?mail|mail|post|contact|deliver|submit)', 'restrict\\w*', 'probe rejected', 'only (?:accepts?|receives?|allows?) (?:mail|messages|e-?mail)?', 'does not accept (?:mail|messages|e-?mail)s? from', "(?:isn't|not|doesn't|does not|no longer|won't|will not|refuses to|refused to|never) (?:to )?(?:accept\\w*|receiv\\w*|tak\\w*) (?:any |your |this |the |new |external |internet |outside |anonymous )*(?:mail|e-?mail|messages?|deliver\\w*|external|anonymous)", 'moderat\\w*', 'members? only', 'not a member', 'not subscribed', 'unauthori[sz]ed', 'banned', 'blocked', 'challenge', 'white-?list\\w*', 'allow-?list\\w*', 'not allowed', 'not permitted', 'forbidden', 'disallowed', 'access (?:is )?denied', 'permission denied', 'not accepted', 'declined', 'message (?:was )?not accepted', 'delivery not (?:allowed|authori[sz]ed)', 'insufficient (?:rights|privilege)', 'command rejected', 'refused by', 'you (?:are not|may not|cannot|must not)', 'terms of', 'unable to correctly read', 'no permit\\w*', 'no thanks', 'notauthorized', 'organi[sz]ational settings', 'mailing list', 'captcha', 'mass mailer', '(?:is )?protected by', 'refuse to receive', 'not (?:currently )?being accepted', 'rfc[- ]?\\d+ compliant', 'rfcmessagenoncompliant', 'our system has detected', 'low priority', 'anti-?spam', '^header error', 'bounced address', 'requested (?:mail )?action aborted(?!:)', '(?:mail-?box|account|user|recipient) (?:\\S+ )?restricted',  'firewall', 'violat\\w*', '策略', '拒绝', '拒絕', '拒否', '거부', 'политик', 'richtlinie', 'politique', 'politica', 'zasad', 'beleid', 'politika',
      ),
      not: rx('mailbox unavailable or access denied', 'mailbox name not allowed', 'server (?:access )?error', 'recipient (?:\\S+ )?not (?:accepted|allowed)', 'policy rejection, please try again', '^(?:please )?try again later'),
    }, // prettier-ignore
    specimen: { stage: 'rcpt', code: 550, enhanced: '5.7.1', text: 'Administrative prohibition' },
    source: 'exim acl.c; RFC 3463 3.8',
  },
];

// Rules about us as a client: block lists, reputation, access refused to our address or network, at any stage. The words
// "recipient address rejected" do not matter where the reason that follows names our IP address or a block list.
import { BLOCKED, BLOCK_LISTS, CLIENT } from './lexicon.data';
import { rx, word } from './pattern';
import type { ReplyRule } from './rule';

const NEAR = '(?:(?!recipient|mailbox|user |account|no such)[^;|]){0,70}?';

/** Named lists come before the rules about the sender: a listed HELO name or sender domain is a matter of lists too. */
export const BLOCK_LIST_RULES: readonly ReplyRule[] = [
  {
    id: 'client.block-list',
    meaning: 'sender_blocked',
    subject: 'client',
    when: { code: /^[45]/, text: rx(BLOCK_LISTS), not: rx('not (?:in|on) (?:our |the )?(?:white|allow)', 'user in black ?list', 'unblock.{0,20}if') },
    specimen: { stage: 'rcpt', code: 554, enhanced: '5.7.1', text: 'Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org' },
    source: 'postfix reject_rbl_client; exim dnslists',
  },
];

export const CLIENT_RULES: readonly ReplyRule[] = [
  {
    id: 'client.reputation',
    meaning: 'sender_blocked',
    subject: 'client',
    when: { code: /^[45]/, text: rx('reputation', 'score of \\S+ (?:is )?(?:too|below)', '(?:sending|originating) (?:too much|a lot of|unsolicited|spam|junk)', '(?:unsolicited|unwanted|spam\\w*|junk|abus\\w*|bulk)[^.]{0,50}(?:from|by|originat\\w*|sent)[^.]{0,30}(?:your|ip|%i|network|host|server|this)', '(?:your (?:ip|host|server|mail ?server|network|isp|domain|system|provider|site)|\\bip|%i|network|\\bhost|\\bserver) [^.]{0,40}(?:spam(?:mer|ming)?s?\\b|unsolicited|abus\\w*|virus|infected|compromised)', '(?:block|reject)\\w* (?:\\w+ )?(?:for|due to|because of) (?:\\w+ )?(?:spam|abuse|unsolicited|policy|local policy|too much)', 'known spam', 'spam source', 'spammer', 'suspect(?:ed)? (?:ip|host|server|client)', 'complaints?\\b', 'service refused', 'service refuse\\b', 'ont ete bloques', 'trust ?level'), not: rx('content', 'detected as spam', 'this e?-?mail is spam', '(?:header|content|message)[- ]based', 'message rejected due to local policy', 'message (?:contains|looks|appears|was|is|has been) (?:\\w+ )?(?:detected|classified|identified|considered)') },
    specimen: { stage: 'connect', code: 554, text: 'Your access to this mail system has been rejected due to poor reputation of the sending MTA' },
    source: 'Cisco Secure Email (IronPort); Microsoft SC-001',
  },
  {
    id: 'client.refused',
    meaning: 'sender_blocked',
    subject: 'client',
    when: {
      code: /^[45]/,
      text: rx(`(?<![\\w.-])${CLIENT}\\b${NEAR}(?<!un)${BLOCKED}`, `(?<!un)(?:block(?:ed|ing)?|bann?ed|reject\\w*|refus\\w*|denied|deny|listed|not accept\\w*|forbidden|prohibited|dynamic|suspicious|untrusted|dial-?up|disallowed|unauthori[sz]ed) (?:(?!recipient|user|mailbox|rcpt)\\S+ ){0,6}?(?:${CLIENT})(?![\\w@])`, 'client host (?:rejected|blocked|denied)', '(?<![\\w.-])%i[^.]{0,30}(?:is|was|has been) (?:\\w+ )?(?:block|reject|denied|bann|list)'),
      not: rx('no such', 'user unknown', 'unknown user', 'does not exist', '(?:not|un)[- ]?found', 'is full', 'over ?quota', 'invalid recipient', 'unknown recipient', 'recipient unknown', 'mailbox unavailable', 'connection (?:refused|reset) by', '(?:unable|failed|could not) to connect'),
    },
    specimen: { stage: 'rcpt', code: 550, enhanced: '5.7.606', text: 'Access denied, banned sending IP [192.0.2.7]' },
    source: 'postfix check_client_access; Microsoft NDR 5.7.606',
  },
  {
    id: 'client.refused-beside-recipient',
    meaning: 'sender_blocked',
    subject: 'client',
    when: { code: /^[45]/, text: rx('(?:because|since|as|reason:?|rejected:?|denied:?) (?:of )?(?:your (?:ip|server|host|network|isp|mail ?server|domain)|the (?:ip|sending|connecting|client))', 'your (?:ip|server|mail ?server|host|network|isp|domain)(?: address)?(?: \\S+){0,3} (?:is|was|has been|are) (?:\\S+ ){0,2}?(?:block|bann|list|reject|den|refus|restrict|not allowed|not accepted|not welcome)\\w*', '(?:mail|e-?mails?|messages?|connections?) (?:sent )?from (?:your|this) (?:ip|network|server|mail ?server|host|isp|provider|domain|address|country)(?: \\S+){0,2} (?:is|are|was|were|has|have|will|cannot|can ?not|not)\\b', 'bad ip profile', 'invalid ip (?:for|address)', 'banned (?:sending )?(?:ip|host)', 'blocked (?:using|by|at|with) (?:\\w+ )?(?:\\S+\\.\\w+|rbl|blacklist)') },
    specimen: { stage: 'rcpt', code: 550, enhanced: '5.7.1', text: '<info@example.com>: Recipient rejected: your network was found in bad company' },
    source: 'observed',
  },
  {
    id: 'client.blocked-bare',
    meaning: 'sender_blocked',
    subject: 'client',
    when: { code: /^[45]/, text: rx('^(?:[^a-z]{0,4}|error:? |\\[\\w+\\] |\\S+\\.\\w+ )*blocked\\b', '\\bblocked(?: -|:| for|!|\\.?$)', '(?<!not )\\blisted (?:in|at|on|by) \\S+\\.\\w+', 'network not allowed'), not: rx('user', 'account', 'mailbox', 'recipient', 'message', 'content', 'attachment', 'url', 'e-?mail', 'rcpt', 'mail ?box', 'address') },
    specimen: { stage: 'rcpt', code: 550, text: 'Blocked' },
    source: 'observed: Barracuda, Proofpoint',
  },
  {
    id: 'client.not-accepting',
    meaning: 'sender_blocked',
    subject: 'client',
    when: { code: /^[45]/, text: rx('(?:not|never|un-?able to) (?:currently )?(?:accept\\w*|receiv\\w*|allow\\w*) (?:\\w+ ){0,3}?(?:connections?|from (?:your|this|%i|dynamic|the ip|ip))', '(?:e-?mails?|messages?|mail|connections?)(?: sent)? from (?:your|this|%i|\\[|ip|dynamic|the (?:ip|host|server|country))', 'connections? (?:not accepted|refused|rejected|denied|dropped|blocked|declined|not allowed|from)', 'access from', 'no access from', '(?:smtp )?(?:access|service)s? (?:is |has been |was )?(?:denied|refused|rejected|prohibited|forbidden|blocked) (?:to|for|from) (?:your|you\\b|this|%i|client)', 'you (?:are|have been) (?:not (?:allowed|permitted|welcome|authori[sz]ed) to (?:connect|send mail from|access|use)|block\\w*|bann?ed|black ?listed|rejected|denied|refused)', '(?:not|never) (?:allowed|permitted|authori[sz]ed) to connect', 'geographic|geo-?(?:ip|location|block)|country|countries', 'dynamic(?:ally)? (?:ip|address|host|pool|assigned|range|dns|hosts)', 'dial-?up', 'dynamic ips?', 'go away', 'get lost', 'no (?:smtp )?service(?: here)?$', 'permanently deferred', 'not accepting connections', 'reject\\w*: ?client', 'open (?:relay|proxy)', 'insecure mail relay', 'exploited', 'may not be mail exchanger', 'a problem occurred', 'smtp auth error limit', 'ask your postmaster', 'your mail ?server'), not: rx('sent to this', 'user unknown', 'no such user') },
    specimen: { stage: 'connect', code: 554, text: 'IP=192.0.2.7 - A problem occurred. (Ask your postmaster for help)' },
    source: 'sendmail access map; T-Online; iCloud',
  },
  {
    id: 'client.provider-codes',
    meaning: 'sender_blocked',
    subject: 'client',
    when: { code: /^[45]/, text: rx(word('ib1\\d\\d', 'ib7\\d\\d', 's31[345]\\d', 'sc-00\\d', 'dy-00\\d', 'ou-00\\d', 'rly:\\w+', 'dnsbl:\\w+', 'hvu:\\w+', 'lpn00[0-9] ?\\d{3}', 'ofr ?\\d{3} ?50[67]', 'ofr ?50[67]', 'aup#\\S+'), '\\[bl\\d{2}\\]', '\\[tss(?:09|11|12)\\]', '\\bhl:(?:ipb|itc|ihu|snb|mep)', 'recipient address rejected: \\S*block(?!-?rcpt)', '\\brbl:\\d{3}') },
    specimen: { stage: 'connect', code: 550, text: 'OU-002 refused, see the postmaster page' },
    source: 'Outlook.com postmaster troubleshooting; AOL, La Poste, Orange and GoDaddy error code pages',
  },
  {
    id: 'client.before-rcpt',
    meaning: 'sender_blocked',
    subject: 'client',
    when: { stages: ['connect', 'helo', 'mail', 'starttls', 'rset'], code: /^5/, text: rx('access (?:is |was )?(?:denied|forbidden|restricted|not)', 'reject\\w*', 'denied', 'refus\\w*', 'block\\w*', 'bann?ed', 'not welcome', 'go away', 'service (?:is )?(?:currently )?(?:not |un)available', 'no service', 'not accept\\w*', 'prohibit\\w*', 'forbidden', 'policy'), not: rx('size', 'too large', 'message', 'from addr') },
    specimen: { stage: 'connect', code: 550, text: 'Access denied' },
    source: 'RFC 5321 3.1 (554 at connect); RFC 7504; postfix postscreen',
  },
];

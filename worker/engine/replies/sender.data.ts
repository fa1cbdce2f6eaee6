// Rules about us as a sender: HELO name, reverse DNS, SPF and its kin, TLS, the envelope sender. They tell that this
// identity was refused and nothing of the mailbox, even where the refusal quotes the recipient.
import { REFUSED, SENDER } from './lexicon.data';
import { any, rx } from './pattern';
import type { ReplyRule } from './rule';

/** Up to some words that do not start talking of the recipient. */
const NEAR = '(?:(?!recipient|rcpt|mailbox|contact|notify|please ask|inform)[^;|]){0,60}?';
const PTR = any(
  'reverse[- ]?(?:dns|lookup|look-?up|host ?name|host|resol\\w*|record|ip|mapping|pointer|name|address|entry|path dns|zone)', '\\br-?dns\\b', '\\bptrs?\\b', 'fcrdns', 'forward[- ]confirm\\w*', 'inverse (?:dns|lookup|resol\\w*)', 'in-addr', 'ip name lookup', 'ip lookup failed', 'no host ?name', 'cannot (?:find|resolve) your', "(?:can't|can not|could not|couldn't|unable to|failed to|does not|doesn't|not) (?:find|resolve|look ?up) (?:the |your |a |client |sending |properly |to )*(?:reverse|host ?name|ip|address|client|name|server|%i|fqdn)", '(?:fix|check|verify) (?:your )?(?:reverse|dns)', 'host ?name (?:lookup|does not resolve|not found|unknown)', 'no dns (?:entry|record|name)', 'without (?:a )?(?:valid )?(?:reverse|ptr|dns|rdns|hostname)', 'dns (?:entry|name|record) for (?:your|client|ip|%i)', 'unknown\\[%i', 'generic (?:host ?name|reverse|ptr)', 'requires valid (?:reverse|dns)', 'unverifyable sending ips?', 'resolution inverse', 'dns inverso', 'обратн\\S+ (?:зон|dns|запис)\\S*', 'reverse-dns', '反向', '逆引き', 'host ?name is not (?:valid|resolv)', 'ip (?:address )?(?:does not|doesn\'t) (?:resolve|have)',
); // prettier-ignore

export const SENDER_RULES: readonly ReplyRule[] = [
  {
    id: 'sender.helo',
    meaning: 'sender_rejected',
    subject: 'sender',
    when: {
      code: /^[45]/,
      text: rx(`\\b(?:helo|ehlo|helo/ehlo|ehlo/helo)\\b(?: (?:name|argument|host ?name|command|string|parameter|domain|greeting|as|with|from|value|%i|is|was|your|\\S+))*?[^.]{0,40}?${REFUSED}`, `${any('in-?valid', 'bad', 'illegal', 'forged', 'fake', 'spoofed', 'bogus', 'wrong', 'rejected', 'malformed', 'unacceptable', 'suspicious', 'numeric', 'syntactically invalid', 'unresolvable', 'incorrect', 'refused', 'dynamic', 'your', 'claim\\w*', 'non-?fqdn')} (?:\\w+ ){0,3}?(?:helo|ehlo)\\b`, 'need fully[- ]qualified host', '(?:helo|ehlo) (?:does|is|did|must|should|name|host|argument|as)', 'helo[=:]', 'helo/ehlo', '\\b(?:helo|ehlo)$', '(?:pretend\\w*|claim\\w*) to be (?:me|us|our)', '(?:you are|you\'re) not (?:me|us|localhost)', 'rdns/helo', 'helo_'),
      not: rx('relay', 'recipient address rejected', 'blacklist', 'listed', 'too many', 'blocked using'),
    },
    specimen: { stage: 'helo', code: 504, enhanced: '5.5.2', text: '<probe>: Helo command rejected: need fully-qualified hostname' },
    source: 'postfix smtpd_check.c; exim acl_smtp_helo; haraka plugin helo.checks',
  },
  {
    id: 'sender.ehlo-domain',
    meaning: 'sender_rejected',
    subject: 'sender',
    when: { stages: ['helo', 'unknown'], code: /^50[14]$/, text: rx('invalid domain name', 'domain name (?:is )?(?:invalid|required|syntax)', 'invalid host ?name', 'fully[- ]qualified') },
    specimen: { stage: 'helo', code: 501, enhanced: '5.5.4', text: 'Invalid domain name' },
    source: 'Exchange (reply to a malformed EHLO)',
  },
  {
    id: 'sender.no-such-host',
    meaning: 'sender_rejected',
    subject: 'sender',
    when: { stages: ['mail', 'unknown'], code: /^553$/, text: rx('^(?:[a-z0-9-]+\\.)+[a-z]{2,} does not exist') },
    specimen: { stage: 'mail', code: 553, text: 'mail.example.org does not exist' },
    source: 'observed: sendmail check of the domain in MAIL FROM',
  },
  {
    id: 'sender.reverse-dns',
    meaning: 'sender_rejected',
    subject: 'sender',
    when: { code: /^[45]/, text: rx(PTR, 'big company w/o'), not: rx('dnsbl', 'spamhaus', 'spamcop', 'blocked using', 'blacklisted at') },
    specimen: { stage: 'connect', code: 554, enhanced: '5.7.1', text: 'Client host rejected: cannot find your reverse hostname, [192.0.2.7]' },
    source: 'postfix smtpd_check.c; RFC 7372 (X.7.25)',
  },
  {
    id: 'sender.authentication-of-mail',
    meaning: 'sender_rejected',
    subject: 'sender',
    when: {
      code: /^[45]/,
      text: rx('(?<![\\w.-])spf(?![\\w]*\\.(?!pl|php)\\w)', 'spf[: =-]', 'openspf', 'sender policy framework', 'dmarc', '\\bdkim\\b', 'sender[- ]?id\\b', 'purported responsible', 'un-?authenticated (?:e-?mail|mail|message|sender)', '(?:e-?mail|message|sender|domain) authentication', 'does not designate', 'not (?:an? )?(?:authori[sz]ed|permitted|allowed|designated) (?:as )?(?:an? |to send |to use |sender|host|ip|server|source)[^.]{0,30}', 'not authori[sz]ed (?:for|by) (?:the )?(?:domain|sender|use)', 'permitted sender', 'mi:(?:spf|dma|nhd|imf|spb)', 'mismatch\\w* (?:client )?ip', 'caller[- ]?id', 'arc (?:fail|seal)'),
      not: rx('relay', 'you are not authori[sz]ed to send (?:mail )?to', 'not (?:authori[sz]ed|permitted|allowed) to send (?:\\w+ )?to (?:this|the|that)', 'blocked using'),
    },
    specimen: { stage: 'mail', code: 550, enhanced: '5.7.23', text: 'SPF check failed for example.org' },
    source: 'RFC 7372 (X.7.20–X.7.26); Google 5.7.26',
  },
  {
    id: 'sender.tls-required',
    meaning: 'sender_rejected',
    subject: 'sender',
    when: {
      code: /^[45]/,
      text: rx('(?:must|please|have to|should|need to) (?:\\w+ ){0,2}?(?:start-?tls|tls|ssl|encrypt\\w*)', '(?:start-?tls|\\btls|encrypt\\w*|ssl)(?: \\w+){0,4} (?:is |are )?(?:required|needed|mandatory|first|necessary|enforced|only)', 'requires? (?:\\w+ ){0,3}?(?:start-?tls|tls|encrypt\\w*)', 'session encryption is required', '(?:un-?encrypted|plain-?text|non-?tls|insecure) (?:\\w+ )?(?:connection|session|mail|message|delivery)', 'no (?:tls|encryption)', 'secure connection', 'tls version', '(?:weak|old|outdated) (?:cipher|tls|encryption)', 'encryption (?:strength|level)'),
    },
    specimen: { stage: 'mail', code: 530, enhanced: '5.7.0', text: 'Must issue a STARTTLS command first' },
    source: 'RFC 3207 4 (530); postfix smtpd_enforce_tls',
  },
  {
    id: 'sender.forged',
    meaning: 'sender_rejected',
    subject: 'sender',
    when: { code: /^[45]/, text: rx('spoof\\w*', 'forge(?:d|ry)', 'auth(?:entication)? failed', '(?:impersonat|phish)\\w*', 'backscatter', 'bounces? (?:are |is )?(?:not|un|refus|reject|block)', 'null (?:sender|return|reverse|path)', '(?:from|sender)[^.]{0,20}<>', '<>: sender', 'empty (?:sender|from|envelope|return)', 'prvs|batv', 'mail from verify', 'mailfrom', 'from and to', 'e-?mail address is not verified', 'third-party dsns?', 'unsigned dsn', 'returned mail not accepted', 'different address or alias', 'sender ?filter', 'authentication (?:credentials|failure|unsuccessful|invalid)', 'authentification invalide', 'recursive cname', '^fully[- ]qualified e?-?mail', 'not in my domain', 'local users? only', 'use your (?:isp|provider)', 'smtp server of your isp'), not: rx('listed', 'blacklist', 'your ip', 'recipient unknown', 'relay') },
    specimen: { stage: 'mail', code: 550, text: 'Spoofed sender refused' },
    source: 'haraka plugin mail_from.is_resolvable; postfix smtpd_null_access_lookup_key',
  },
  {
    id: 'sender.address',
    meaning: 'sender_rejected',
    subject: 'sender',
    when: {
      code: /^[45]/,
      text: rx(`${SENDER}${NEAR}${REFUSED}`, `${any('reject\\w*', 'in-?valid', 'un-?known', 'un-?verif\\w*', 'bad', 'un-?routable', 'un-?routeable', 'un-?resolv\\w*', 'illegal', 'blocked', 'bann?ed', 'refus\\w*', 'denied', 'forbidden', 'un-?trusted', 'missing', 'un-?authori[sz]ed', 'no such', 'non-?existent', 'does not exist', 'verify', 'cannot accept', 'un-?configured', 'unacceptable', 'mismatch\\w*', 'fake', 'dns .*for', 'syntax', 'unrecognized', 'restricted', 'un-?confirmed', 'malformed', 'disallowed', 'local', "don't like", 'unqualified', 'bogus')} (?:\\S+ ){0,3}?${SENDER}`, 'domain of sender', 'return path', 'verify (?:your )?(?:mail from|mailfrom)', 'sender address rejected', '(?:from|sender) (?:\\S+ )?(?:is )?(?:suspended|not my)', 'un-?resolvable rfc', 'access denied .{0,30}(?:sender|from)', 'envelope sender', 'provide a valid from', 'sender (?:callback|callout)', 'domain in mail from'),
      not: rx('contact the sender', 'notify the sender', 'ask the sender to', 'inform the sender', 'sender reputation', 'sender score', 'sender base', 'has blocked the sender', 'recipient\'s mailbox is full', 'poor reputation', 'ask your', 'your account .{0,40}too many', 'not accepting (?:mail|messages)', 'recipient address rejected: user unknown', 'spamhaus', 'blacklist', 'block ?list', 'sender, host and recipient'),
    },
    specimen: { stage: 'mail', code: 550, enhanced: '5.1.0', text: '<check@example.org>: Sender address rejected: User unknown in virtual mailbox table' },
    source: 'postfix smtpd_check.c; exim sender verify; sendmail check_mail',
  },
];

// Rules about relaying: the host says it takes no mail for this domain from us. Whether the domain is hosted elsewhere or
// our client has no rights is not known, so the meaning is never about the mailbox.
import { rx } from './pattern';
import type { ReplyRule } from './rule';

const DENIED = "(?:(?:access|attempt|is|are|was|has been|to|through|this|from|for|your|%a|<%a>|%i|host|server|system|address|of|mail|messages?|e-?mails?|that|the|domain|unauthori[sz]ed)[ :.]*){0,6}(?:denied|deny|not (?:been |be )?(?:allowed|permitted|authori[sz]ed|supported|enabled|available|granted|accepted|possible)|prohibited|rejected|reject|disallowed|forbidden|refused|disabled|blocked|unauthori[sz]ed|restricted|error|failed|denial|isn't allowed|only)";

export const RELAY_RULES: readonly ReplyRule[] = [
  {
    id: 'relay.denied',
    meaning: 'relay_denied',
    subject: 'client',
    when: {
      code: /^[45]/,
      text: rx(`\\brelay(?:ing|ed|s)?[ :,-]*${DENIED}`, '(?:not|never|un-?able|cannot|can\'t|won\'t|don\'t|doesn\'t|will not|does not|do not|not (?:permitted|allowed|authori[sz]ed|configured|able|going)|isn\'t allowed) (?:to )?(?:(?:be|act|as|an?|open|send|mail|or|for|use|this|server) ){0,5}relay', '(?:no|not (?:an? )?|denied|illegal|unauthori[sz]ed|refus\\w+(?: to)?|reject\\w*|third[- ]party|3rd[- ]party|anti-?|we do not|prohibited|invalid|attempt(?:ed)? (?:to )?) ?(?:mail |smtp |open )?relay(?:ing|ed|s)?\\b', 'relayaccessdenied', 'relay ?not ?permitted', 'not a gateway', '\\brelaying\\b.{0,40}(?:ip name|lookup|proper|authenticat)', 'denied.{0,20}\\brelay(?:ing)?\\b', 'no (?:open )?relay(?:ing)?'),
      not: rx('is an open relay', 'insecure mail relay', 'relay quota', 'relay recipient', 'relays?\\.\\w+', 'open relay (?:data|list|host|server at|in )', 'listed'),
    },
    specimen: { stage: 'rcpt', code: 554, enhanced: '5.7.1', text: '<info@example.com>: Relay access denied' },
    source: 'postfix smtpd_check.c; sendmail check_rcpt; exim (relay not permitted)',
  },
  {
    id: 'relay.rcpthosts',
    meaning: 'relay_denied',
    subject: 'client',
    when: { stages: ['rcpt', 'unknown'], code: /^[45]/, text: rx('rcpthosts', 'locally hosted domains', 'not in my (?:list|domains)', '(?:that|this) domain isn\'t (?:in my|allowed)', 'only (?:accept|allow)s? (?:mail )?(?:for|to) local', 'local users? only', 'not local host', 'no smtp relay') },
    specimen: { stage: 'rcpt', code: 553, enhanced: '5.7.1', text: "sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)" },
    source: 'qmail-smtpd.c',
  },
  {
    id: 'relay.authentication',
    meaning: 'relay_denied',
    subject: 'client',
    when: {
      stages: ['rcpt', 'unknown'],
      code: /^5/,
      text: rx('turn on smtp auth', 'smtp auth(?:entication)? turned on', '(?:smtp )?auth(?:entication|entification|orization)? (?:is )?(?:required|needed|necessary|mandatory)', '(?:must|need to|please|have to|requires?|should) (?:\\w+ ){0,2}?(?:authenticate\\b|be authenticated|log ?in|smtp auth)', 'authenticate (?:first|before|yourself)', 'without authenti', 'check (?:for )?(?:your |new )?mail (?:first|before)', 'pop before smtp', 'logged into the pop', 'client was not authenticated', 'not authenticated', 'requires? (?:smtp )?authentication', 'sin autentic', 'sem autentic', 'authentification (?:requise|smtp|necessaire)', 'authentifizierung (?:erforderlich|notwendig|notig)', 'autenticacion', 'autenticacao', 'autenticazione', 'authentifizier', 'wymagan\\w+ (?:jest )?(?:autoryzacj|uwierzyteln)', 'аутентификац\\S+|авторизац\\S+', '认证|認證', '認証'),
      not: rx('message authentication', 'dmarc', '\\bspf\\b', 'dkim', 'starttls', 'tls', 'email authentication'),
    },
    specimen: { stage: 'rcpt', code: 550, text: 'Please turn on SMTP authentication in your mail client' },
    source: 'cPanel exim configuration; RFC 4954 6',
  },
  {
    id: 'relay.other-languages',
    meaning: 'relay_denied',
    subject: 'client',
    when: { code: /^[45]/, text: rx('relais? (?:\\w+ )?(?:refus|interdit|non|pas)\\w*', 'kein relay', 'weiterleitung (?:\\w+ )?(?:nicht|verweigert|abgelehnt)', '(?:relay|relaying|reenvio|retransmision) (?:no|nao|non|nie|nein|verboten|verweigert|denegad|negad|zabroni|geweigerd|niet|zakaz|reddedil)\\w*', 'relay\\S* (?:запрещ|отказ)', 'ретрансляц\\S+', 'пересылка запрещ\\S+', '(?:不允许|禁止|拒绝|不允許|拒絕)(?:\\S{0,4})(?:转发|中继|轉發|中繼|转信)', '中継', '릴레이') },
    specimen: { stage: 'rcpt', code: 550, text: 'Relay verweigert: Weiterleitung nicht erlaubt' },
    source: 'observed',
  },
];

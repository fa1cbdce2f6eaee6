// Rules about the recipient: full, disabled, domain not hosted here, unknown. They speak only at RCPT (or where the stage is
// not known), after every rule about us, about time and about content stayed silent.
import { COPULA, GLUE, LANGUAGES, NO_SUCH, RECIPIENT, UNKNOWN_AFTER } from './lexicon.data';
import { any, rx } from './pattern';
import type { ClassifierStage, ReplyRule, RuleConditions } from './rule';

const STAGES: readonly ClassifierStage[] = ['rcpt', 'unknown'];
const at = (conditions: RuleConditions): RuleConditions => ({ stages: STAGES, code: /^5/, ...conditions });

/** What makes a refusal a matter of time although it names a user. */
const TIME = 'temporar|try (?:again )?later|again later|retry|lookup|verif(?:y|ication)|unverified|defer|in progress|at this time|moment|unavailable|busy|later|currently|too ';
const NOT_US = 'sender|your (?:ip|server|host|domain|mail server|network)|blacklist|relay';

export const FULL_RULES: readonly ReplyRule[] = [
  {
    id: 'recipient.full.en',
    meaning: 'mailbox_full',
    subject: 'recipient',
    when: at({
      code: /^[45]/,
      text: rx(
        'over ?-?quota', 'overquota', 'quota ?full', 'quota (?:is |has been |was |limit )?(?:exceed\\w*|violat\\w*|overdrawn|used up|reached|over\\b|problem|error)', 'exceed\\w* (?:\\S+ ){0,5}?(?:disk |storage |mail-?box |mail )?quota', '(?:disk|storage|mail-?box|mail|inbox|user|account|diskspace|space) quota', '(?:mail-?box|inbox|mail box|mail-?drop|mail folder|mail ?spool|account|user|maildir|recipient|spool ?file|message store|file|store)(?:\'s)?(?:[^a-z0-9]{1,4}%a)?(?: \\S+){0,4}? (?:is |are |was )?(?:\\w+ )?(?:full|over(?:flow\\w*| ?full| limit| its| the| ?drawn)|out of (?:\\w+ )?space)', 'full (?:mail-?box|inbox|account|mail)', '(?:mail-?box|inbox|mail-?drop|account|user|recipient|storage|%a>?)(?:\'s)?(?: \\S+){0,5}? (?:exceed\\w*|reached|at|over|above|beyond|hit) (?:\\S+ ){0,4}?(?:size|storage|quota|limit|capacity|allocation|space|maximum)', 'exceed\\w* (?:\\S+ ){0,2}?(?:storage|allocation|mail-?box|disk|space|capacity|allotted)', '(?:insufficient|not enough|no|lacks?|out of|no more|does not have enough|doesn\'t have enough|without|low on|not sufficient) (?:\\w+ )?(?:storage|space|room)(?: \\S+){0,3}? (?:in |for |on |left in )?(?:\\S+ )?(?:user|mail-?box|account|recipient|inbox|%a|<%a>)', '(?:account|mail-?box|user|recipient|inbox)(?:\\(s\\))?(?:\'s)?(?: \\S+){0,3}? (?:does not have|doesn\'t have|has|have|is|lacks|ran) (?:\\w+ ){0,3}?(?:insufficient|enough|no|not enough|out of|run out of|exhausted|of)(?: \\w+){0,2} (?:space|storage|room|quota)', 'out of storage', 'storage (?:is )?full', 'storage (?:limit|space) (?:exceed\\w*|reached)', 'mail-?box (?:size )?(?:limit|size|quota|capacity|storage)(?: \\S+){0,3} (?:exceed\\w*|reached|over)', 'too many (?:mails|messages) (?:on|in) (?:the |this |your )?(?:server|mail-?box|inbox|folder)', 'mailboxfull', 'overquota(?:temp|perm)', 'too much mail data', 'does not have enough space', 'mail-?folder (?:\\w+ )?full', '(?:over|beyond|above) (?:the |its |his )?(?:allowed |allotted |mail |storage )*quota', 'space (?:\\w+ )?(?:has been )?used up', '(?<!e)(?<!e-)\\bmail quota', 'disk quota', 'delivery failed: over quota', 'quotaexceeded', 'mail(?:box)? (?:\\S+ )?exceeds allowed size', 'exceeds (?:the |its |his )?(?:max\\w* )?(?:mail-?box|storage|space|disk)', 'not enough (?:disk )?(?:space|storage)(?: \\w+)? ?$',
      ),
      not: rx('(?:rate|hourly|daily|sending|sender|relay|connection|message rate) (?:quota|limit)', 'per (?:hour|day|minute)', 'your (?:account|quota|mailbox)', 'system storage', 'mail ?system full', 'rate limit', 'might be disabled, full', 'may be full', 'unknown or', 'inexist', 'not exist', 'desconocido'),
    }), // prettier-ignore
    specimen: { stage: 'rcpt', code: 552, enhanced: '5.2.2', text: '<info@example.com>: Recipient address rejected: Mailbox full' },
    source: 'RFC 3463 3.3 (X.2.2); dovecot quota; exim; courier',
  },
  {
    id: 'recipient.full.other-languages',
    meaning: 'mailbox_full',
    subject: 'recipient',
    when: at({ code: /^[45]/, text: rx(...Object.values(LANGUAGES).map((language) => language.full)), not: rx('рассыл', 'verbindungen', 'desconocid', 'inexistente') }),
    specimen: { stage: 'rcpt', code: 552, text: 'Das Postfach des Empfängers ist voll' },
    source: 'observed: European and Asian providers',
  },
];

export const DISABLED_RULES: readonly ReplyRule[] = [
  {
    id: 'recipient.disabled.en',
    meaning: 'mailbox_disabled',
    subject: 'recipient',
    when: at({
      code: /^5/,
      text: rx(
        `${RECIPIENT}${GLUE} ?${COPULA}(?:(?:has |have |is |was |been |currently |temporar\\w+ |permanently |administratively |not |status |or |no |longer |in |an |now |already |so |it |marked |set |as |set to )*)(?:disabled|suspend\\w*|de-?activated|in-?active|locked|expired|closed|not (?:currently )?activ\\w*|no longer active|terminated|discontinued|frozen|cancell?ed|on hold|un-?activated|inactivated|dormant|abandoned|not enabled|de-?provisioned|on vacation hold|hibernat\\w*|archived|not in service|out of service|retired)`,
        `(?:disabled|in-?active|suspended|expired|closed|locked|de-?activated|terminated|dormant|frozen|discontinued|cancell?ed|unactivated) ${RECIPIENT}`, 'disableduser', '(?:account|mail-?box|user)(?: \\S+)? (?:is |has been |was )(?:\\w+ )?blocked', 'is no longer (?:active|in use|enabled)', '(?:user|account|mailbox) (?:\\S+ )?(?:has )?(?:not (?:been )?)?logged in (?:for|since)', 'due to (?:extended )?inactivity', 'archived recipient', 'temporarily inactive', '<?%a>?[ :.,-]{0,6}(?:is |has been |was |currently |temporarily |account )*(?:suspended|disabled|deactivated|inactive|locked|expired|closed)', '^(?:is |has been )?(?:currently )?suspended', 'account (?:is )?not (?:yet )?activated', '(?:mail|e-?mail|delivery|receiving|reception)(?: \\w+)? (?:is |has been |was )?(?:disabled|suspended|turned off|deactivated) for (?:this|that|the|%a|<%a>)', '\\[suspend\\]', 'this account is not', 'cannot receive (?:new )?(?:mail|messages|e-?mail)',
      ),
      not: rx('your account', 'sender', 'domain (?:\\S+ )?(?:is |has been )?(?:currently )?suspended', 'not found or', 'or inactivated', 'might be disabled', 'relay', 'sending', 'does not exist or', 'your (?:ip|server)', 'not exist', 'forgery'),
    }), // prettier-ignore
    specimen: { stage: 'rcpt', code: 550, enhanced: '5.2.1', text: 'The account that you tried to reach is disabled' },
    source: 'RFC 3463 3.3 (X.2.1); Google DisabledUser; cPanel',
  },
  {
    id: 'recipient.disabled.abuse',
    meaning: 'mailbox_disabled',
    subject: 'recipient',
    when: at({ text: rx('deactivated due to abuse') }),
    specimen: { stage: 'rcpt', code: 553, enhanced: '5.1.1', text: 'Mailbox was possibly deactivated due to abuse' },
    source: 'observed: Yahoo VS10-RT',
  },
  {
    id: 'recipient.disabled.other-languages',
    meaning: 'mailbox_disabled',
    subject: 'recipient',
    when: at({ text: rx(...Object.values(LANGUAGES).map((language) => language.disabled)), not: rx(NOT_US, 'absender', '发件人', 'отправител', 'ip') }),
    specimen: { stage: 'rcpt', code: 550, text: 'Ce compte de messagerie est désactivé' },
    source: 'observed: European and Asian providers',
  },
];

const DOMAIN = '(?<!sender |sending |from |your |client |helo |sender\'s |valid )(?:(?:recipient|destination|mail|e-?mail|requested|target|virtual|this|that|the|specified|local|delivery|remote|receiving|user) )*(?:(?:sub)?domains?|hosts?|host ?name|domain name|site|zone)';
const DOMAIN_UNKNOWN = any(
  'un-?known', 'not (?:be )?(?:found|hosted|local|known|here|configured|recogni[sz]ed|valid|exist\\w*|served|supported|accept\\w*|handled|allowed|in|reachable|active|registered|enabled|listed|defined|resolv\\w*|available|ours|managed|provisioned|whitelisted)', "(?:does|is|do|has|are|was|could|can)(?: ?not|n't|nt) (?:\\w+ )?(?:exist|hosted|local|known|here|configured|recogni[sz]ed|valid|found|accept\\w*|been|have|resolv\\w*|reachable|served|one of|active|allowed|handled|receive|listed|registered|enabled|available|set ?up)", 'in-?valid', 'non-?existent', 'inactive', 'suspend\\w*', 'expired', 'disabled', 'illegal', 'missing', 'no longer', 'unreachable', 'unresolvable', 'un-?routable', 'has no (?:mx|mail|a record)', 'wrong',
);

export const DOMAIN_RULES: readonly ReplyRule[] = [
  {
    id: 'recipient.domain.null-mx',
    meaning: 'domain_not_hosted',
    subject: 'recipient',
    when: at({ text: rx('null ?mx', '(?:domain|host|server|machine|site) (?:\\S+ )?(?:does not|doesn\'t|will not|never) (?:accept|receive)s? (?:any |inbound |incoming )?(?:e-?mail|mail|smtp)(?! from)', 'does not accept mail$'), not: rx('mail from', 'sender') }),
    specimen: { stage: 'rcpt', code: 556, enhanced: '5.1.10', text: 'Recipient address has null MX' },
    source: 'RFC 7504 (521, 556); RFC 7505 4.1',
  },
  {
    id: 'recipient.domain.unknown',
    meaning: 'domain_not_hosted',
    subject: 'recipient',
    when: at({
      text: rx(`${DOMAIN}[^a-z0-9%]{0,5}(?:\\S+\\.\\S+ )?(?:(?:is|was|has been|are|name|currently|part|of|address|the|in|recipient|:|\\S*%a\\S*) ?)*[^a-z0-9]{0,4}${DOMAIN_UNKNOWN}`, `(?:no such|un-?known|in-?valid|non-?existent|illegal|bad|unroutable|unrouteable|un-?recogni[sz]ed|no valid|not (?:a |an )?(?:local|valid|known|existing)|wrong|unresolvable|unsupported|not our|not one of our|inactive|suspended|expired|disabled) (?:\\w+ )?${DOMAIN}`, '(?:we |i )?(?:do not|don\'t|does not|doesn\'t|not) (?:handle|host|accept (?:mail|e-?mail)|serve|process|receive (?:mail|e-?mail)|know|manage)(?: \\w+)? (?:for |mail for |e-?mail for )(?:that|this|the|%a|\\S+\\.\\w+|<%a>|domain)', '(?:mail|e-?mail|messages?) for (?:that|this|the|\\S+\\.\\w+) (?:domain|host|address)?(?: \\w+){0,2} (?:not|un)', 'no mail-?enabled subscription', 'domain (?:not )?(?:handled|hosted) here', 'cannot deliver to .*domain', 'not (?:responsible|authoritative|final destination) for', 'does not (?:host|handle)', 'no mx', 'domain (?:\\w+ )?must exist', 'domain (?:\\S+ )?may not exist', 'name or service not known', 'mail domain (?:\\w+ ){0,6}(?:is )?unknown', 'name server: ?\\.?: host not found', 'wrong (?:mail ?server|mx|smtp server|host)', 'not hosted (?:here|on|by)', 'domain does not', 'no domain', 'nodomain', 'no-domain', 'specified domain is not allowed', 'domain\\w* not allowed'),
      not: rx('sender', 'not a member of domain', 'user (?:\\S+ )?(?:not|unknown|does)', 'no such user', 'recipient unknown', '(?:user|mailbox|account) (?:\\S+ ){0,2}(?:not|unknown|does)', 'client', 'mail from', 'your domain', 'relay', 'mailbox (?:\\S+ )?(?:not|unknown|does)', 'local host', 'account (?:\\S+ )?(?:not|unknown|does)', 'user does not exist', 'unknown (?:user|recipient|account)', 'invalid (?:user|recipient)'),
    }),
    specimen: { stage: 'rcpt', code: 550, enhanced: '5.1.2', text: 'We do not host the domain example.com: no such domain here' },
    source: 'RFC 3463 3.2 (X.1.2); postfix "Domain not found"; sendmail "Host unknown"',
  },
  {
    id: 'recipient.domain.other-languages',
    meaning: 'domain_not_hosted',
    subject: 'recipient',
    when: at({ text: rx('(?:domain|domaine|dominio|domena|домен\\S*|domein|domena|alan ?adi|域名|域|ドメイン|도메인)[^.。]{0,40}(?:unbekannt|existiert nicht|nicht (?:gefunden|bekannt)|inconnue?|n.existe pas|introuvable|sconosciut|inesistente|non esiste|desconocid|no existe|inexistente|desconhecid|nao existe|nieznan|nie istnieje|не (?:существует|найден|обслуживается)|неизвест|onbekend|bestaat niet|neexistuje|neznam|bulunamadi|gecersiz|不存在|无效|存在しません|존재하지)', '(?:unbekannte|dominio desconocido|домен не)') , not: rx(NOT_US, 'absender', 'expediteur', 'remitente', 'mittente', 'отправител') }),
    specimen: { stage: 'rcpt', code: 550, text: 'Die Domain des Empfängers existiert nicht' },
    source: 'observed',
  },
];

const AFTER_EN = `${RECIPIENT}${GLUE}[ :.=-]*${COPULA}(?:%a[^a-z0-9%]{0,4})?(?:\\S+ )?${UNKNOWN_AFTER}`;
const BEFORE_EN = `(?<![a-z])${NO_SUCH}[ :-]?(?:\\(?local\\)? )?${RECIPIENT}`;
const CAMEL = any('nosuchuser', 'userunknown', 'unknownuser', 'recipientnotfound', 'recipnotfound', 'recipientrejected', 'invalidrecipient', 'nosuchmailbox', 'addressunknown', 'resolver\\.adr\\.\\w*(?:notfound|invalid)\\w*', 'mailboxnotfound', 'usernotfound', 'badrcptto', 'badrcpt');
const SAID_OF_ADDRESS = `<?%a>?[ :.,-]{0,6}(?:is |was |address |user |the |mailbox |account |recipient |are )*(?:unknown|not found|not known|no longer (?:valid|exists?|in use|available|here|works?|with)|does(?: not|n't) exist|doesnt exist|does not appear|invalid|not (?:a )?valid|not exist|nonexistent|non-existent|not (?:a |an )?(?:known|existing|local|recogni[sz]ed|registered)|isn't (?:a |known)|not here|undeliverable|unrouteable|unroutable|not listed|not available here)`;

const SPECIMENS: Readonly<Record<keyof typeof LANGUAGES, string>> = {
  de: 'Empfänger unbekannt: <info@example.com>',
  fr: "L'utilisateur <info@example.com> n'existe pas",
  it: 'Utente sconosciuto: casella <info@example.com> inesistente',
  es: 'El usuario <info@example.com> no existe',
  pt: 'Usuário <info@example.com> não encontrado',
  pl: 'Użytkownik <info@example.com> nie istnieje',
  ru: 'Пользователь <info@example.com> не найден',
  nl: 'Ontvanger <info@example.com> bestaat niet',
  cs: 'Uživatel <info@example.com> neexistuje',
  tr: 'Kullanıcı bulunamadı: <info@example.com>',
  sv: 'Mottagaren <info@example.com> finns inte',
  hu: 'A felhasználó <info@example.com> nem létezik',
  zh: '收件人 <info@example.com> 不存在',
  ja: '宛先 <info@example.com> が存在しません',
  ko: '수신자 <info@example.com> 존재하지 않습니다',
};

const SPECIMENS_BY_NAME: ReadonlyMap<string, string> = new Map(Object.entries(SPECIMENS));

export const UNKNOWN_RULES: readonly ReplyRule[] = [
  {
    id: 'recipient.unknown.access-denied',
    meaning: 'mailbox_not_found',
    subject: 'recipient',
    when: at({ text: rx('recipient address(?:es)? rejected ?: ?access denied'), enhanced: /^5\.4\.1$/ }),
    specimen: { stage: 'rcpt', code: 550, enhanced: '5.4.1', text: 'Recipient address rejected: Access denied. AS(201806281)' },
    source: 'Exchange Online: Directory Based Edge Blocking',
  },
  {
    id: 'recipient.unknown.en',
    meaning: 'mailbox_not_found',
    subject: 'recipient',
    when: at({
      text: rx(AFTER_EN, BEFORE_EN, CAMEL, SAID_OF_ADDRESS, '(?:mail-?box|user|person|one|account|recipient|address)s?(?: here)? by (?:that|this) name', 'not our (?:customer|user|client|subscriber)', 'have an? \\S+ (?:account|mailbox)', '(?:user|recipient|mailbox|account) path no exist', 'has (?:been replaced by|moved|changed (?:his|her|their|to))', 'user (?:is )?not (?:a member|local|in)', '(?:can ?not|can\'t|could not|couldn\'t|unable to) find (?:\\w+ )?(?:user|recipient|mailbox|account|address)', 'bad-?recipient', 'wrong recipients?', 'double-check(?:ing)? the (?:recipient|address|spelling)', 'please check the (?:recipient|address|spelling)', 'check (?:the |your )?(?:spelling|address) ', 'not listed in (?:domino|public|the) (?:directory|name)', 'no forwarding', 'user doesn.?t', 'no ?one (?:at|by|with|here|on)', 'user missing home', 'unav\\w+able mailbox', 'recipient (?:not|no) (?:on|in|found)'),
      not: rx('(?:unable|failed) to (?:deliver|resolve).*(?:later|temporar)', 'you are not', 'address verification in progress', 'no mailbox full', 'bad destination host', 'sender ?(?:address|:)', 'no user action', 'spam'),
    }),
    specimen: { stage: 'rcpt', code: 550, enhanced: '5.1.1', text: '<info@example.com>: Recipient address rejected: User unknown in virtual mailbox table' },
    source: 'RFC 3463 3.2 (X.1.1); postfix, exim, sendmail, qmail, courier, Exchange',
  },
  {
    id: 'recipient.unknown.soft',
    meaning: 'mailbox_not_found',
    subject: 'recipient',
    when: at({ code: /^4/, text: rx(AFTER_EN, BEFORE_EN, CAMEL, 'user path no exist'), not: rx(TIME, NOT_US, '\\bdns\\b', 'host not found', 'domain', 'server', 'timed? ?out', 'might|may be') }),
    specimen: { stage: 'rcpt', code: 450, enhanced: '4.1.1', text: '<info@example.com>: Recipient address rejected: User unknown in local recipient table' },
    source: 'postfix unknown_local_recipient_reject_code = 450; Mimecast 451 Invalid Recipient',
  },
  ...Object.entries(LANGUAGES).map(([language, words]): ReplyRule => ({
    id: `recipient.unknown.${language}`,
    meaning: 'mailbox_not_found',
    subject: 'recipient',
    when: at({ text: rx(`${words.noun}${GLUE} ?(?:${words.noun} ?)?${words.after}`, `${words.before}${GLUE} ?(?:\\S{1,12} )?${words.noun}`), not: rx(NOT_US, 'absender', 'expediteur', 'mittente', 'remitente', 'remetente', 'nadawc', 'отправител', 'afzender', 'odesilatel', 'gonderen', '发件', '送信者', '보낸', '보내는') }),
    specimen: { stage: 'rcpt', code: 550, text: SPECIMENS_BY_NAME.get(language) ?? '' },
    source: 'observed: providers and servers that answer in their own language',
  })),
];

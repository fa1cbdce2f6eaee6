// Rules about time: greylisting, limits of rate and number, trouble on the server's side. They tell when to ask again and
// never anything of the mailbox, however often they name a user.
import { any, rx, word } from './pattern';
import type { ReplyRule } from './rule';

const COUNTED = any(
  'connections?', 'sessions?', 'recipients?', 'rcpts?(?: to)?', 'messages?', 'mails?', 'e-?mails?', 'errors?', 'commands?', 'requests?', 'attempts?', 'concurren\\w*', 'simultaneous', 'deliver\\w*', 'users?', 'address(?:es)?', 'transactions?', 'logins?', 'senders?', 'ips?', 'sockets?', 'invalid', 'bad', 'unknown', 'failed', 'failures', 'wrong', 'non-?existent', 'nonexist\\w*', 'violations?', 'rejections?', 'processes', 'clients?', 'envelopes?', 'parallel', 'unrecogni[sz]ed', 'domains?', 'threads?', 'bounces?', 'rejected', 'queries', 'new tls', 'hits?', 'traffic', 'submissions?', 'unauthenticated',
); // prettier-ignore
const EXCEED = any('exceed\\w*', 'reach\\w*', 'hit\\b', 'over\\b', 'above', 'more than', 'surpass\\w*', 'overrun', 'used up', 'violat\\w*');
const PERIOD = any('per (?:hour|minute|day|second|ip|session|connection|message|sender|domain|client)', 'hourly', 'daily', '/(?:hour|h|min|day|s)\\b', 'this hour', 'in (?:the )?(?:last|past) ', 'an hour', 'a day', 'within \\d+');
const ABUSE = rx('unwanted', 'unsolicited', 'complain', '\\bspam', 'abus(?!ix)', '\\bhops?\\b', 'received(?::| header)', 'quota exceeded for', 'mailbox', 'on the server', 'message size', 'blacklist', 'block ?list', 'mail data');

export const GREYLIST_RULES: readonly ReplyRule[] = [
  {
    id: 'greylist.named',
    meaning: 'greylisted',
    subject: 'client',
    when: { code: /^[45]/, text: rx('(?<![/\\w-])(?<!\\w\\.)gr[ea]y[- ]?list(?!\\w*[.-]\\w+\\.)', '\\bgr[ea]y-?trap', 'postgrey', 'milter-gr[ea]ylist', 'sqlgrey', 'greyfix', 'on (?:our |the )?gr[ea]y[- ]list', 'liste grise', 'lista (?:gris|grig|cinz)', 'graue?n? liste', 'сер\\S+ спис\\S+', 'szar[aey]\\w* list', '灰名单', '灰名單', '灰色列表', 'グレーリスト') },
    specimen: { stage: 'rcpt', code: 450, enhanced: '4.2.0', text: '<info@example.com>: Recipient address rejected: Greylisted, see http://postgrey.example/help' },
    source: 'postgrey; milter-greylist; RFC 6647',
  },
  {
    id: 'greylist.first-seen',
    meaning: 'greylisted',
    subject: 'client',
    when: {
      code: /^4/,
      text: rx('triplet', 'first (?:time|attempt|contact|delivery attempt)', 'not (?:yet )?(?:been )?(?:seen|known) before', 'never seen', 'we will accept .{0,40}in \\d+ ?(?:s|min|hour)', '(?:new|unknown|unfamiliar) (?:sender|client|correspondent|host|server|mail server)[^.]{0,40}(?:delay|wait|try|retry|defer|later)', 'temporar(?:y|ily) reject\\w*: (?:please|reconnect)', '(?:early|too soon|too early|premature)\\w* (?:retry|retr\\w+|attempt)', 'retr(?:y|ied) too (?:soon|early|fast)', 'reconnect(?:ed|ing)? too? ?(?:fast|soon|early)', 'delayed? (?:your|the|this) (?:message|mail|e-?mail) (?:for|to prevent|as)', 'anti-?spam (?:measure|delay|defer)\\w*', 'come back (?:later|in)', '(?:re)?try (?:again )?(?:your )?(?:message|mail|delivery)? ?(?:again )?in \\d+ ?(?:s|sec\\w*|m|min\\w*)\\b.{0,30}(?:whitelist|accept)', 'to prove', 'real mail ?server', 'internal resources? (?:are |is )?temporarily unavailable'),
      not: rx('too many', 'rate limit', 'connections', 'throttl', 'reputation'),
    },
    specimen: { stage: 'rcpt', code: 451, text: 'First time we see this sender, host and recipient; come back later' },
    source: 'qpsmtpd greylisting; James; Mimecast knowledge base (451 Internal resource temporarily unavailable)',
  },
];

export const GREYLIST_WAIT_RULES: readonly ReplyRule[] = [
  {
    id: 'greylist.try-in',
    meaning: 'greylisted',
    subject: 'client',
    when: { stages: ['mail', 'rcpt', 'unknown'], code: /^45[01]$/, text: rx('(?:try |retry |attempt |resend |wait |back |again |after | in |^in | for |least )(?:again |later |back |delivery |message |mail |the |it |at |least |about |approx\\w* |another |in |for |after )*\\d+ ?(?:s\\b|sec|m\\b|min|hour|h\\b)', '\\bin \\d\\d:\\d\\d:\\d\\d') },
    specimen: { stage: 'rcpt', code: 451, enhanced: '4.7.1', text: 'Please try again in 5 minutes' },
    source: 'RFC 6647 2.1; milter-greylist',
  },
  {
    id: 'greylist.later-only',
    meaning: 'greylisted',
    subject: 'client',
    when: { stages: ['rcpt', 'unknown'], code: /^45[01]$/, enhanced: /^(?:4\.7\.[01])$/, text: /^(?:<%a>:? ?)?(?:please )?(?:try|retry)(?: again)? ?(?:later|after some time|in a (?:while|few minutes))?[.!]?$/ },
    specimen: { stage: 'rcpt', code: 451, enhanced: '4.7.1', text: 'Try again later' },
    source: 'observed: Barracuda Email Security Gateway',
  },
];

export const LIMIT_RULES: readonly ReplyRule[] = [
  {
    id: 'limit.too-many',
    meaning: 'rate_limited',
    subject: 'client',
    when: { code: /^[45]/, text: rx(`too (?:many|much) (?:\\S+ ){0,3}?${COUNTED}`, `(?:number|amount|count) of (?:\\S+ ){0,3}?${COUNTED}(?: \\S+){0,4}? (?:is )?(?:too|exceed)`, 'toomanyrecipients', '(?:recipients?|messages?|connections?|mails?) (?:\\w+ ){0,3}?this hour', 'max\\w* (?:\\w+ ){0,3}?(?:rcpts?|recipients?|connections?|sessions?|messages?|errors)(?: \\w+){0,3}? (?:limit|exceed|reach|allowed|per)', 'maximum (?:number of )?(?:\\w+ )?(?:rcpts?|recipients?|connections?|sessions?|messages?)', 'excessive(?:ly)? (?:\\w+ )?(?:number|amount)'), not: ABUSE },
    specimen: { stage: 'rcpt', code: 452, enhanced: '4.5.3', text: 'Error: too many recipients' },
    source: 'RFC 5321 4.5.3.1.10; postfix smtpd.c; exim smtp_in.c',
  },
  {
    id: 'limit.rate',
    meaning: 'rate_limited',
    subject: 'client',
    when: {
      code: /^[45]/,
      text: rx(
        'rate[- ]?limit\\w*', 'limit(?:ed)? (?:the )?rate', 'throttl\\w*', 'frequency (?:is )?limit\\w*', '(?:too|high) frequen\\w*', 'slow ?(?:it )?down', 'sending too (?:fast|quickly)', '\\brate (?:\\w+ ){0,3}?(?:exceed\\w*|too|limit\\w*|quota)', `${EXCEED} (?:\\S+ ){0,6}?\\brates?\\b`, 'too (?:quickly|fast|rapid\\w*|often)', 'receiving (?:mail|e-?mail|messages) (?:too|at a rate)', 'mail ?bomb', '(?:connection|message|mail|sending|recipient|traffic|delivery) rate\\b',
        `${EXCEED} (?:\\S+ ){0,6}?(?:limit|quota|number|maximum|max|allow\\w*|threshold)(?: \\S+){0,3}? (?:${COUNTED}|${PERIOD})`, '(?:connections?|sessions?|recipients?|rcpts?|messages?|mails?|e-?mails?|errors?|requests?|senders?|ips?|bounces?) (?:\\S+ ){0,2}?(?:count |rate |number |per \\w+ )?(?:limit|quota|threshold)s?(?: \\w+){0,3}? (?:exceed|reach|hit|over)', `(?:hourly|daily|per (?:hour|day|minute)) (?:\\S+ ){0,3}?(?:quota|limit|allowance|maximum)`, `(?:quota|limit|allowance|maximum)(?: \\S+){0,4}? ${PERIOD}`, '(?:sending|relay|connection|sender|outbound|message|e-?mail) (?:quota|limit)s?\\b', 'try (?:again )?slower', `${PERIOD}.{0,20}(?:limit|exceed)`, 'for karma', 'connections? (?:limit|exceeded)', `${EXCEED} (?:\\S+ ){0,6}?(?:count|message|recipient|connection|session|sending|rate) (?:limit|quota|maximum)`, '(?:count|message|recipient|connection|session|sending|concurrency) limit', 'exceed\\w* (?:\\S+ ){0,3}?connections?', 'concurren\\w+ (?:connections?|sessions?)(?: \\S+){0,2} (?:limit|exceed|reach)', 'sent too much',
      ),
      not: rx('mailbox (?:\\S+ ){0,4}(?:full|quota)', 'message size', 'storage', 'no rate', 'disk'),
    }, // prettier-ignore
    specimen: { stage: 'rcpt', code: 450, enhanced: '4.7.1', text: 'Error: rate limit exceeded for this client' },
    source: 'postfix anvil; Microsoft 4.7.650; exim ratelimit ACL',
  },
  {
    id: 'limit.volume',
    meaning: 'rate_limited',
    subject: 'client',
    when: {
      code: /^4/,
      text: rx('excessive', '(?:unusual|unexpected|abnormal|high|large|suspicious) (?:\\w+ )?(?:rate|volume|amount|activity|traffic|number|load of)', '\\bvolume\\b', '\\bflood', 'too (?:high|big) (?:\\w+ )?(?:volume|traffic)', 'dictionary attack', 'harvest', '(?:temporarily )?deferred due to', 'ts0[0-9]\\b', 'tss0[0-9]\\b', 'due to ip reputation', 'temporarily (?:rate|limited)'),
      not: rx('listed', 'unresolvable', 'dns', 'permanently deferred'),
    },
    specimen: { stage: 'mail', code: 421, enhanced: '4.7.0', text: '[TSS04] Messages from 192.0.2.7 temporarily deferred due to unexpected volume or user complaints' },
    source: 'Yahoo sender error codes; Google 4.7.0 unusual rate',
  },
  {
    id: 'limit.harvest',
    meaning: 'rate_limited',
    subject: 'client',
    when: { code: /^5/, text: rx('excessive(?:ly)? (?:\\w+ )?(?:volume|number|connections?|traffic|recipients?|invalid|rate)', 'high number of (?:\\w+ )?(?:invalid|unknown|bad)', 'dictionary attack', 'directory harvest', 'harvest(?:ing)? attack', 'unusual activity from', 'rcpt flood', 'mail ?bomb\\w*', 'flood(?:ing)?\\b'), not: rx('unsolicited', '\\bspam') },
    specimen: { stage: 'rcpt', code: 550, enhanced: '5.7.1', text: 'Directory harvest attack detected' },
    source: 'observed: Proofpoint, Barracuda, Google 5.7.1 [IRR]',
  },
  {
    id: 'limit.other-languages',
    meaning: 'rate_limited',
    subject: 'client',
    when: {
      code: /^[45]/,
      text: rx('trop de (?:connexions?|destinataires|messages|mails|requetes|sessions|tentatives)', 'zu ?viele (?:gleichzeitige )?(?:verbindungen|empfanger|empfaenger|nachrichten|sitzungen|anfragen|versuche|mails pro)', 'demasiad[oa]s (?:conexiones|destinatarios|mensajes|sesiones|intentos|correos)', 'muit[oa]s (?:conexoes|destinatarios|mensagens|tentativas|sessoes)', 'tropp[ei] (?:connessioni|destinatari|messaggi|tentativi|sessioni)', 'zbyt (?:wiele|duzo) (?:polaczen|odbiorcow|wiadomosci|prob|sesji)', 'слишком (?:много|часто)', 'превышен\\S* (?:лимит|количеств|число|частот)\\S* (?:соединен|подключен|сообщен|письм|получател|запрос)\\S*', 'te veel (?:gelijktijdige )?(?:verbindingen|ontvangers|berichten|sessies)', 'prilis mnoho (?:spojeni|prijemcu|zprav|pripojeni)', 'cok fazla (?:\\S+ )?(?:baglanti|alici|mesaj|ileti)', '频率', '过于频繁', '過於頻繁', '(?:连接|連線|连接数|收件人|发送|并发)\\S{0,6}(?:过多|太多|超过|超限|限制)', '接続数', '同時接続', '送信数', '너무 많은'),
      not: rx('auf dem server', 'postfach voll'),
    },
    specimen: { stage: 'connect', code: 421, text: 'Zu viele gleichzeitige Verbindungen von Ihrer Adresse' },
    source: 'observed: French, German, Italian and Chinese providers',
  },
  {
    id: 'limit.netease-codes',
    meaning: 'rate_limited',
    subject: 'client',
    when: { text: rx(...['hl:', 'mi:', 'rp:', 'dt:', 'wm:'].map((stage) => `\\b${stage}(?:ifc|icc|rep|cel|drc|ccl|dmc|sfq|qrc|stc|trc|rcl|fr[cl])\\b`)) },
    specimen: { stage: 'rcpt', code: 451, text: 'RP:CEL 192.0.2.7 see the help page' },
    source: 'NetEase mail help: SMTP error codes',
  },
  {
    id: 'limit.godaddy-codes',
    meaning: 'rate_limited',
    subject: 'client',
    when: { code: /^[45]/, text: rx(word('ib6\\d\\d', 'ib007', 'ofr ?005 ?10[0-9]', 'ofr ?00[0-9] ?10[24]')) },
    specimen: { stage: 'rcpt', code: 550, enhanced: '5.1.1', text: '<info@example.com> - refused. IB605' },
    source: 'GoDaddy email bounce codes',
  },
];

/** Trouble that names its cause: said before anything else is believed. */
export const TROUBLE_RULES: readonly ReplyRule[] = [
  {
    id: 'trouble.lookup',
    meaning: 'temporary_failure',
    subject: 'system',
    when: {
      code: /^4/,
      text: rx(
        'server configuration (?:error|problem)', 'temporar(?:y|ily) (?:\\w+ ){0,2}?(?:lookup|dns|error|failure|problem|fault|condition)', '(?:spf|dkim|ldap|database|db|sql|user|recipient|address|alias|map|table|directory|mailbox|policy|account|callout|call-?ahead)s? (?:lookup|look-up|service|verification|query|server|check|back-?end)(?: \\w+){0,2} (?:fail\\w*|error|problem|timeout|timed out|temporar\\w*|defer\\w*|unavailable|in progress|pending)', '(?:problem|error|failure) (?:on|with|during|in|while|validating|processing|looking)\\b', 'unable to (?:verify|validate|check|complete|look ?up|contact|connect|reach|process|determine|access|open|lock|create|write|accept (?:this )?mail at)', '(?:could|can|did)(?: ?not|n\'t) (?:verify|validate|complete|check|load|connect|contact|look ?up|access|open|lock|create|write|allocate|process)', 'verification (?:is )?(?:in progress|temporar|pending|failed temporar)', 'unverified address', 'temp-?(?:error|fail)', 'servfail', 'not yet verified', 'cannot (?:verify|validate|process|complete) \\S+ (?:at this time|now)',
      ),
      not: rx('reputation', 'block', 'blacklist', '\\bspam', 'unsolicited', 'sender verify fail', '(?:no|missing|invalid|cannot find|find your) (?:\\w+ )?reverse', 'unresolvable', 'volume', 'complaint', 'mailbox (?:is )?full', 'over quota', '(?:unable|cannot|could not) (?:to )?verify (?:the |your )?sender', 'policy reasons'),
    }, // prettier-ignore
    specimen: { stage: 'rcpt', code: 450, enhanced: '4.1.1', text: '<info@example.com>: Recipient address rejected: unverified address: Address verification in progress' },
    source: 'postfix verify(8), smtpd_check.c; exim verify ACL',
  },
  {
    id: 'trouble.tls',
    meaning: 'temporary_failure',
    subject: 'system',
    when: { code: /^4/, text: rx('(?:tls|starttls|ssl|encryption) (?:is )?(?:currently |temporarily )?(?:not |un)available', '(?:tls|starttls) (?:negotiation |handshake )?(?:fail\\w*|error)', 'tls (?:support )?not available') },
    specimen: { stage: 'starttls', code: 454, enhanced: '4.7.0', text: 'TLS not available due to local problem' },
    source: 'RFC 3207 4 (454); postfix smtpd.c',
  },
];

/** Trouble said in general words: believed where nothing more exact was said. */
export const WEAK_TROUBLE_RULES: readonly ReplyRule[] = [
  {
    id: 'trouble.system',
    meaning: 'temporary_failure',
    subject: 'system',
    when: {
      code: /^[45]/,
      text: rx(
        '(?:insufficient|out of|not enough|low on|no) (?:\\w+ )?(?:system |disk |server |mail ?system )(?:storage|space|resources?|memory)', '(?:insufficient|low|lack of) (?:system )?resources?', 'mail ?system (?:is )?full', 'system (?:storage|is full|full)', '(?:internal|system|server|software|configuration|config|processing|application|back-?end|i/o|queue|database|ldap|local|resource|unexpected|gateway|proxy|upstream|transient|network|dns|unknown) (?:\\w+ )?(?:error|failure|problem|trouble|fault)', 'system (?:is )?(?:\\(\\w+\\) )?(?:busy|down|unavailable|overload\\w*|incorrectly|not accepting)', 'server (?:is )?(?:too )?(?:busy|overload\\w*|down|unavailable|shutting|not available)', '(?:high|heavy|system|server|excess\\w*) load', 'too busy', 'shutting down', 'going down', 'under maintenance', 'maintenance', 'all (?:\\w+ )?ports (?:are )?busy', 'resources? (?:are |is )?(?:temporarily )?(?:unavailable|exhausted|low)', 'error (?:in|while|during) processing', 'backend', 'lost connection', 'connection (?:timed out|timeout|reset|lost)', 'timed? ?out', 'insufficient permission', 'no (?:free )?(?:disk )?space left', 'out of (?:memory|disk)', '(?:loop|host|mx|destination|mail server|next hop|domain|recipient domain) (?:\\w+ )?temporar\\w+', 'temporar\\w+ (?:disabled|unavailable|out of|not available|rejected|refused|deferred|delayed|suspended|unreachable|overload\\w*|fail\\w*|local|server|internal|system|problem|error|outage)', 'read[- ]only', 'queue file write', 'out of service', 'cannot (?:write|open|create|lock)', 'unable to (?:create|write|open|lock|allocate|process|queue)', 'deferred', 'mail (?:service|server) (?:is )?(?:temporarily )?unavailable', '(?:cannot|could not|can not|unable to) connect', 'interrupted system call', 'name server', 'no route to host', '(?:delivery|message) (?:time )?expired', 'did not respond', 'could not load', 'misconfigured', 'error (?:was )?encountered', 'encountered an error', 'local (?:problem|error) in processing', 'requested action aborted', 'error: queue',
      ),
      not: rx('user', 'mailbox', 'account', 'recipient address rejected', 'reputation', 'blocked', 'policy', 'not accepting (?:mail|connections|messages) from', '\\bspam', 'mail ?from', 'message size', 'too large'),
    }, // prettier-ignore
    specimen: { stage: 'rcpt', code: 452, enhanced: '4.3.1', text: 'Insufficient system storage' },
    source: 'RFC 5321 4.2.3 (452, 451); RFC 3463 X.3.x; postfix, exim, sendmail',
  },
  {
    id: 'trouble.later',
    meaning: 'temporary_failure',
    subject: 'system',
    when: { code: /^4/, text: rx('(?:try|retry|again|back|resend|come|deliver\\w*) (?:again |your message |the message |this |it |at a |some ?time |in a (?:while|few) ?)*(?:later|soon|shortly)', 'temporar', 'try again', 'at this time', 'currently', 'unavailable', 'busy', 'not available', 'overload', 'defer', 'later', 'vorubergehend', 'voruebergehend', 'spater', 'spaeter', 'plus tard', 'temporairement', 'piu tardi', 'temporaneamente', 'mas tarde', 'temporalmente', 'mais tarde', 'temporariamente', 'pozniej', 'tymczasow', 'позже', 'временн', 'попробуйте', 'tijdelijk', 'probeer', 'pozdeji', 'docasn', 'daha sonra', 'gecici', '稍后', '稍後', '暂时', '暫時', '一時', 'しばらく', '잠시', '나중에') },
    specimen: { stage: 'rcpt', code: 450, text: 'Not now, please try again later' },
    source: 'RFC 5321 4.2.1 (4yz)',
  },
  {
    id: 'trouble.permanent-words',
    meaning: 'temporary_failure',
    subject: 'system',
    when: { stages: ['rcpt', 'unknown'], code: /^5/, text: rx('service (?:is )?(?:currently |temporarily )?(?:not available|unavailable)', 'try (?:again )?later', 'temporarily', 'server (?:busy|unavailable)', 'system (?:busy|unavailable)', 'vorubergehend', 'plus tard', 'mas tarde', 'mais tarde', 'piu tardi', 'tymczasow', 'позже', '稍后', '暂时'), not: rx('client', 'blocked', '%i', 'policy', 'reputation', '\\bspam', 'mail ?from', 'mailbox', 'user', 'account') },
    specimen: { stage: 'unknown', code: 554, text: 'Service currently unavailable' },
    source: 'observed',
  },
];

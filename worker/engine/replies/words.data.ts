// What the reader looks for in a reply: who or what it speaks of, and what can be said of them, as families of words in
// every language seen. Words are in normalized form (lower case, no accents, %a for an address, %h for a host, %i for an IP
// address). At one place the longest match counts, of two alike the family that stands first. Data only; a word that was
// missing belongs here, a sentence does not.
import { BLOCK_LISTS } from './block-lists.data';
import { LANGUAGES } from './languages.data';

export type Subject =
  | 'wish'
  | 'recipient'
  | 'domain'
  | 'sender'
  | 'identity'
  | 'client'
  | 'relay'
  | 'login'
  | 'list'
  | 'reputation'
  | 'message'
  | 'content'
  | 'space'
  | 'system'
  | 'command'
  | 'policy'
  | 'form';

export type Predicate =
  | 'grey'
  | 'firstSeen'
  | 'wait'
  | 'mayNot'
  | 'takesNoMail'
  | 'unknown'
  | 'mismatch'
  | 'either'
  | 'disabled'
  | 'full'
  | 'exceeded'
  | 'tooMany'
  | 'forbidden'
  | 'refused'
  | 'blocked'
  | 'unresolved'
  | 'failed'
  | 'down'
  | 'unavailable'
  | 'temporary'
  | 'later'
  | 'needed';

export type Named =
  | { readonly kind: 'subject'; readonly word: Subject }
  | { readonly kind: 'predicate'; readonly word: Predicate };
export type Family = Named & { readonly words: readonly string[] };

/** What is said of every refusal, and so of none: that it is one, and what to do about it. A sentence's end closes what is open. */
export const COURTESIES: readonly string[] = [
  'if you (?:believe|feel|think)[^.;]*',
  '(?:this|it) is a permanent (?:error|failure)',
  'please (?:include|quote|attach)[^.;]*',
  '(?:if|in case) (?:this|that|it) is (?:wrong|incorrect|an error|a mistake)[^.;]*',
  'if the (?:problem|error) persists',
  '(?:message|queue|session|request|transaction|reference|ticket)[ -]?(?:id|no|number)[ :=#]+[a-z-]{0,8}\\d[\\w.-]*',
  '(?:please )?do not (?:reply|respond|answer)(?: to (?:this|that|the) (?:message|mail|e-?mail|address))?',
  '(?:please )?contact (?:the|your|this) (?:recipient|addressee|receiver|person)(?: (?:by|through|via|in) (?:an)?other (?:means|ways?|channels?))?',
  '(?:correct|fix|resolve) (?:the|this) (?:problem|error|issue)[^.;]*',
  '(?:not going to|will not) try again',
  'delivery to the following (?:recipients?|address(?:es)?) failed(?: permanently)?',
  '(?:use|by|through) (?:an)?other (?:means|ways?|channels?)[^.;]*',
  'error(?: code)? ?:? ?(?:[245]\\d\\d|[a-z]{1,4}-\\d+)',
  'transaction failed(?=[.:;,]|$)',
  'requested (?:mail )?action not taken: mailbox unavailable(?=[.:]? (?:reject|sender|invalid|policy))',
  '(?:message|e-?mail|mail) (?:was|could|can|has)(?: ?not|n.t) (?:be |been )?delivered(?: to (?:the|this|your|its) (?:\\w+ )?recipients?)?(?=[.:;,]| because| since)',
  '(?:check|verify|double-?check|correct) (?:the|this|your|that) (?:[\\w-]+ ){1,4}?and (?:try|send|re-?send)(?: it)?(?: again)?',
  '(?:if|should) you (?:need|require|have)[^.;]*',
  '(?:please )?contact (?:your|the|our)(?: \\w+){0,2} (?:administrators?|admin|support|postmaster|help ?desk)\\b',
  '(?:now )?(?:closing|dropping|terminating|ending) (?:the |this )?(?:connection|transmission channel|channel|session|link)|good ?bye|disconnecting|bye(?: bye)?(?=[.!]|$)',
  '(?:please )?(?:use|(?:relay|send)(?: mail| it)? (?:through|via)) your (?:\\w+ )?(?:isp|provider|smart-?host)[^.;]*',
  'the sender should (?:retry|re-?send|try)[^.;]*',
  '(?:see|visit|read|refer to) (?:our|the)(?: \\w+){0,2} polic(?:y|ies)',
];

export const FAMILIES: readonly Family[] = [
  {
    // What the recipient chose to refuse.
    kind: 'subject',
    word: 'wish',
    words: [
      'in my bad-?(?:rcpt|recipient)\\w*',
      'not (?:white|allow)-?listed by (?:this|the) recipient',
      '(?:recipient|addressee|user) (?:refused|rejected|declined) to',
      "(?:recipient|user|receiver)(?:'s)? (?:preferences|settings|rules?|choice|request)",
      '(?:user|recipient|rcpt)(?:[ :(]*%a\\)?)? (?:is |has |was |been )*(?:in |on )?(?:a |the )?(?:black|block|deny) ?-?list\\w*|(?:black|block|deny) ?-?listed (?:recipients?|users?)',
      '(?:recipient|receiver|user) (?:\\w+ly )?do(?:es)? not (?:want|wish|accept(?! (?:e-?mails?|mail|messages) from))',
      '(?:recipient|addressee|user) (?:refuses|declines|chose|has chosen)|(?:bounce )?suppression lists?|previously bounced',
      '(?:limited|restricted|reserved|open)(?: only)? (?:to|for) (?:\\w+ ){0,2}(?:staff|members?|employees|colleagues|subscribers|students|insiders|senders?)',
      'only accept\\w* (?:mail|messages|e-?mail) from|closed user group|members? only|members?-only|non-?subscribers?|accepts? only (?:\\w+ ){0,2}(?:senders?|members?|users?|mail from)|moderat\\w*',
      '(?:(?:black|block|deny)[- ]?list(?:e|a)?|sperrliste|liste noire|lista negra) (?:of the |des |du |del |dell.|do )(?:recipient|user|empfangers|destinat\\w+)|(?:recipient|user|addressee).s (?:\\w+ )?(?:black|block|deny|reject)[- ]?list',
      'not in (?:the )?(?:allowed|approved|permitted|safe)[- ]?senders?(?: list)?|per recipient request',
      'test(?:ing)? (?:address(?:es)?|accounts?|recipients?|mailbox(?:es)?) only|only (?:\\w+ )?test(?:ing)? (?:address(?:es)?|accounts?|recipients?|mailbox(?:es)?)|(?:nur|seulement|uniquement) (?:des )?(?:test-?adressen|test-?konten|adresses de tests?)|adresses de tests? (?:uniquement|seulement)|(?:solo|apenas|somente) (?:direcciones|enderecos|indirizzi|cuentas|contas) de? (?:prueba|teste|test|prova)',
      'multi-?recipient|one recipient|bounces?(?: messages?)? (?:has|have|can have|must have|may have)(?: \\w+){0,3} recipients?|human verification|internal senders?|to outsiders|external senders?',
      'blocked senders|header[- ]based|(?:e-?mails?|mail|messages) from (?:strangers|outsiders)',
      'extern\\w* (?:absender|mails?)|expediteurs? externes?|remite?ntes? externos?|remetentes? externos?|mittenti? estern[io]|внешн\\S+ отправител\\S+|外部(?:发件人|寄件者|送信者|の送信者)|외부 ?발신자',
      'delivery restriction\\w*|sendernotauthenticatedfor\\w*',
      '(?:recipient|user|group|list|mailbox|address) (?:only (?:accepts?|takes?)|(?:accepts?|takes?) (?:\\w+ )?only)',
      'no-?reply address|do not (?:send|write)(?: \\w+){0,2} (?:here|to (?:this|it))|spam-?trap|anti-?bot',
      '(?:recipient|user|owner|receiver) (?:has |have )?(?:blocked|banned|refused|rejected) (?:you|your|this|mail|messages)(?: (?:address|sender))?',
      'un-?monitored|not (?:being )?(?:monitored|read)|(?:nobody|no one) (?:reads|checks|monitors)(?: it| this)?|(?:outgoing|outbound|automatic|automated) (?:\\w+ )?only|asked (?:us )?(?:not to|to (?:refuse|reject|block))|send-?only|challenge[ /-]response|(?:from|to|by) (?:the )?(?:internet|outside)(?! (?:domain|host|addresses))|internal (?:address(?:es)?|use|mail|list)',
      '(?:colleagues|employees|staff|insiders|subscribers|residents|students) only|only (?:\\w+ ){0,2}(?:colleagues|employees|staff|insiders|subscribers|students)|from (?:colleagues|people|members|staff|employees|those|within|inside)|anyone (?:outside|else)',
      '(?:empfanger|benutzer|nutzer) (?:nimmt|akzeptiert|mochte|wunscht)(?: \\w+){0,3} (?:nicht|keine)',
      '(?:(?:does|do) not )?(?:accept|take|receiv)\\w* (?:e-?mails?|mail|messages?) from (?:external|outside|unauthenticated|unauthori[sz]ed|certain|some|strangers|anonymous)(?: \\w+)?|external (?:e-?mails?|mail)|(?:list|group) (?:is )?closed|closed (?:list|group)',
      'non-?members?|ignore list|(?:in|to) (?:his|her|their) (?:address book|contacts)',
      'empfanger (?:lehnt|verweigert)|destinataire (?:refuse|rejette|a (?:refuse|rejete|bloque))\\b|destinatari[oa] (?:rechaza|rechazo|bloqueo|recusou|rejeitou|bloqueou|rifiuta|h?a (?:rechazado|bloqueado|rifiutato|bloccato))\\b|odbiorca (?:odrzucil|odmowil|zablokowal)|ontvanger (?:weigert|blokkeert)|prijemce odmit\\w+|получатель (?:отклонил|отказал|заблокировал)\\S*',
      '(?:收件人|对方)(?:已|设置了?)?(?:拒收|拒绝|屏蔽)|수신자(?:가|에 의해)? ?(?:수신을? ?)?거부\\S*|受信拒否|着信拒否|受信を拒否\\S*|受信者(?:により|によって|が|は)(?:受信を?)?拒否\\S*|拒绝接收|수신 ?거부',
    ],
  },
  {
    // A mailbox, and what it is called.
    kind: 'subject',
    word: 'recipient',
    words: [
      '<?%a>?',
      "(?:e-?mail |mail |recipient |user |local |destination |target |requested |specified |virtual |forward |hosted |intended )*(?:users?|user-?names?|user ?ids?|recipients?|receivers?|mail ?-?box(?:es)?|m-?box|inbox|accounts?|address(?:ee|es)?|adress|alias(?:es)?|person|customers?|subscribers?|members?|rcpts?(?: to)?|local[- ]?parts?|mail ?-?drop|maildir|employee|destinatary|mailing list|route)(?:'s|\\(s\\))?(?: address(?:es)?| name)?",
      ...Object.values(LANGUAGES).map(({ noun }) => noun),
    ],
  },
  {
    // The recipient's domain.
    kind: 'subject',
    word: 'domain',
    words: [
      '%h',
      '(?:recipient |destination )?host(?= ?(?:unknown|(?:could )?not (?:be )?(?:found|known)))|(?<=(?:unknown|not known) )host|domain part(?: of (?:the |this )?(?:e-?mail )?address)?',
      '(?:recipient |destination |target |mail |e-?mail |requested |specified |local )*(?:domains?|domain name|hosted|sub-?domain|robot)',
      '(?<=(?:for|to) )(?:this|that) host(?: ?name)?|destination (?:system|host)(?: address)?|mail hosts?',
      '(?:收件人|对方)的?域名',
      'no ?mx',
      'dom(?:aine|aen|inio|inios|ena|een|ein)\\w{0,3}',
      'домен\\S*',
      'alan ?adi',
      '域名|网域|ドメイン|ホスト|도메인',
    ],
  },
  {
    // The address we send from.
    kind: 'subject',
    word: 'sender',
    words: [
      'ihre?[mnrs]? (?:(?:e-?mail|mail)-?)?(?:konto|account|postfach|adresse)|ihre domain|(?:votre|vos) (?:comptes?|domaine|adresse (?:e-?mail|d.expedition)|boite)|compte d.envoi|(?:la )?(?:tuo|suo|vostro|tua|sua|vostra) (?:account|casella|indirizzo|dominio)|(?:tu|su|sua|seu) (?:cuenta|conta|dominio|buzon|correo|e-?mail|direccion de correo)|(?:twoje|twoja|panstwa) (?:konto|skrzynka|adres)|vase? (?:ucet|konto)|uw (?:account|domein|mailbox|e-?mailadres)',
      '[您你]的(?:帐号|账号|邮箱|帐户|账户|域名)|ваш\\S* (?:почтов\\S+ |электронн\\S+ )?(?:аккаунт|домен|учетн\\S*|ящик|почт|адрес)\\S*',
      '(?:e-?mail |mail )?(?:address|domain|account|mailbox|name|user)(?:es|s)? (?:that )?you (?:are )?(?:(?:send\\w*|mail\\w*|writ\\w*)(?: (?:e-?mails?|mails?|messages?))? (?:from|as)|us(?:e|ing))|(?:user|address|mailbox|domain)(?: \\w+)? (?:in|of|behind|for|to) (?:the |your )?(?:mail ?from|sender|return|from)(?: (?:address|path))?',
      "(?:envelope |mail |e-?mail |your |smtp |fake |spoofed |null )*sender(?:'s|s)?(?: (?:e-?mail |mail )?(?:address|domain|name|account|identity|mx|call-?out|call-?back))*",
      '(?:domain|address) of sender(?: address)?',
      '(?:sending|submitting|originating|main) (?:e-?mail )?(?:address|domain|user|account|mailbox|party)|(?:reply|bounce)(?:-?to)? address|author|your (?:user ?-?name|login(?: name)?)',
      'mail ?from(?! (?:your|this|the|that|you|dynamic|dial|open|residential|%i|hosts?|servers?|machines|networks?|systems|clients?|computers|colleagues|outside|people|members|staff|employees|within|inside|anyone|those|\\w+ (?:ip|network|hosts|ranges)))',
      'from[: -](?:address|domain|header|line)|from:? <?%a>?',
      '(?:envelope|return|reverse|bounce|originating|originator|source)[- ](?:path|from|address|domain)',
      'your (?:e-?mail )?(?:address|domain|account|identity|mailbox)(?! book)',
      'identit(?:y|ies)|originator|sendas\\w*',
      '(?:message|mail) sending(?: for (?:this|the|your) account)?(?= (?:is|has|was|denied|disabled|blocked|not))',
      '(?:outgoing|outbound)s?(?: mail)?',
      'backscatter|(?:suspensao|suspension) (?:de|du|del) (?:envi\\w+)',
      '(?:unsigned )?bounces?',
      '<>',
      'spoof\\w*|forge\\w*|pretend\\w*|impersonat\\w*|fak(?:e|ing)\\b',
      'remitente|remetente|mittente|expediteur|emetteur|absender\\w*|nadawc\\w*|afzender|odesilatel\\w*|odosielatel\\w*',
      'gonderen\\S*|gonderici\\S*|avsandare\\w*|felado',
      'отправител\\S*',
      '发件人|寄件人|寄件者|发送者|发信人|發信人|送信者|差出人|송신자|발신자|보낸 ?(?:사람|이)?의?(?: ?(?:주소|도메인))?',
    ],
  },
  {
    // What proves who we are: HELO, reverse DNS, SPF and its kin, TLS.
    kind: 'subject',
    word: 'identity',
    words: [
      'unauthenticated (?:session|connection|client)',
      'syntax error in (?:the )?(?:sender|mail from|from|reverse)[- ]?(?:path|address)?',
      '(?:helo|ehlo)(?:host|/(?:helo|ehlo))?(?: (?:name|argument|host ?name|domain|string))*',
      'dns (?:entr\\w+|records?|names?|mx|ptr|resource\\w*|inverso)|ip name lookup|unverif\\w+ sending ips?',
      'purported responsible|localhost|does not designate|permitted sender',
      'not (?:allowed|authori[sz]ed|permitted|designated)(?: as)? (?:to (?:send|use) )?(?:e-?mails? |mails? |messages )?(?:from|for|as|on behalf)\\b',
      '(?:no )?permissions? to send (?:as|on behalf)\\w*|(?:spf|dkim|dmarc)(?: (?:polic(?:y|ies)|records?))? (?:of|for) (?:the |your )?(?:sending |sender(?:.s)? |from )?domain|not an? authori[sz]ed (?:mta|server|host|sender|ip)|not (?:allowed|authori[sz]ed|permitted) to \\w+ (?:with |using |under |as )?(?:an? |the |this |that )?(?=helo|ehlo)',
      'identification|authentication (?:levels?|results?|information|checks?)|(?:sender|e-?mail|message) authentication',
      'fully[- ]qualified\\S*|fqdn|non-?fqdn',
      '(?:www\\.)?open-?spf\\.(?:org|net|com)\\S*|may not send (?:e-?mails? |mails? |messages )?(?:for|as|from|on behalf)\\b',
      'reverse[- ]?(?:dns|lookup|look-?up|host ?name|resol\\w*|record|ip|mapping|pointer|name|entry|address|path dns|zone)?',
      '(?:r-?dns|ptr|pointer)(?: (?:entr\\w+|names?|records?))?|ptrs|fcrdns|in-addr|forward[- ]confirm\\w*',
      '(?:your |client |sending )?(?:reverse )?host ?names?',
      '(?:spf|openspf|sender policy framework|sender[- ]?id|caller[- ]?id|dmarc|dkim|arc|batv|prvs)(?: (?:polic(?:y|ies)|records?|check))?|a or mx|mx records?',
      '(?:start)?tls|ssl|encrypt\\w*|plain-?text|cipher\\w*',
      'resolution inverse|dns (?:inverso|reverso)|обратн\\S+ (?:зон|dns|запис)\\S*|反向|逆引き',
      'un-?authenticated (?:e-?mail|mail|message|sender)',
      'reserved (?:domains?|tlds?)|(?:client )?certificates?|look-?alike',
      '(?:address )?(?:%i|host|client|server|ip)(?: address)? (?:is )?not (?:allowed|authori[sz]ed|permitted|designated) to send (?:e-?mails? |mails? |messages )?(?:from|for|as|on behalf)\\b',
      'you (?:are|cannot be|can.t be|must not be) (?:me|us|myself)',
    ],
  },
  {
    // Our address, host and network.
    kind: 'subject',
    word: 'client',
    words: [
      '(?:cloud|hosting|vps|consumer)(?: provider)? (?:ranges?|networks?|ips?|space|addresses|hosts?)|(?:dynamic |static )?ip space|(?:your )?address (?:space|range|block)',
      'sender (?:host|ip|server|network)',
      'your access[^.;]{0,50}?(?= (?:has|is|was))',
      '(?:your |client |remote |source |sending |sender |connecting |bad )*ip(?:v[46])?(?:[- ]?(?:address(?:es)?|netblock|range|addresses))?s?',
      '%i|(?:address|host|network|range) %i',
      '(?:your |client |remote |sending |connecting )*client(?: (?:host|address|identity|machine))*',
      'your (?:(?!helo|ehlo|reverse|ptr|dns|spf)\\w+ )?(?:ip|mail ?server|server|hosts?|isp|provider|network|mta|connection|system|mail host|mx|machine|computer|asn?|country|organi[sz]ation|site|subnet|gateway|location|region|access)',
      '(?:remote|sending|connecting|source) (?:hosts?|mta|mail ?server|server|system|network)',
      'mail ?server \\[?%i',
      'connections?(?! (?:timed|timeout|time-out|was lost|reset|lost))',
      'you(?= (?:are|have been|may not) (?!(?:\\w+ )?not (?:allowed|authori[sz]ed|permitted) to (?!connect))(?:\\w+ ){0,2}?(?:not|block|bann|black|list|denied|reject|refus|violat|connect))',
      '(?:direccion|adresse|indirizzo|endereco|adres|adresa) ip|ip[- ](?:adres\\w*|absenderadresse|адрес\\S*)',
      'dynamic\\w*|dial-?up|residential|prox(?:y|ies)|geo-?ip|countr(?:y|ies)',
      'host network|ip\\S* отправител\\S*',
      'ihre?[mnrs]? (?:ip\\S*|mail-?server|server|netz|host|rechner)',
      'vo(?:tre|s) (?:ip|serveur|adresse ip|reseau|hote)',
      '(?:tu|su|seu|sua|tuo|suo|vostro) (?:\\w+ )?(?:ip|servidor|server|red|rede)',
      'ваш\\S* (?:ip\\S*|сервер\\S*|хост\\S*|сет\\S*|узл\\S*)',
      'uw (?:ip\\S*|server)|twoj (?:\\w+ )?ip|vase ip(?:[- ]adres\\w*)?|sunucunuz',
      '[您你]的(?:ip|服务器|伺服器|主机)|お使いの(?:ip)?|귀하의',
      '(?:from (?:this|that) (?:ip|host|network|server)|for (?:this|that) (?:ip|network))|this (?:ip|host|network|client) (?=(?:is|was|has been) (?:\\w+ )?(?:block|list|identif|bann|black|known|detect))',
    ],
  },
  {
    // Mail for others.
    kind: 'subject',
    word: 'relay',
    words: [
      '(?:foreign|external|remote|non-?local|outside) (?:domains?|hosts|e-?mail address(?:es)?|address(?:es)?|destinations?|recipients?)|(?:for|by) outsiders',
      'you (?:do not |cannot )?have (?:no|an?) (?:\\w+ )?(?:account|mail ?box)(?: here)?|only (?:\\w+ )?(?:account holders|customers|clients|registered users)|relais|relayen|(?:its|our) own (?:users|customers|clients|members)(?: only)?',
      '(?:pass|hand|send)(?: mail| messages)? on(?: mail| messages)? (?:to|for)|collect your mail|your (?:new )?mail (?:first|before)|pop before smtp',
      '(?:open )?relay(?:ing|ed|s)?(?!=| (?:servers?|hosts?)\\b| (?:recipient|domain)s? (?:table|map|list))',
      '(?:rcpthosts|locally hosted domains|(?:not in my )?list of allowed (?:rcpt)?hosts|not a gateway|(?:forwarding to )?remote hosts)',
      'role izni|weiterleit\\w*|fremde[nrs]? (?:domains?|adressen|empfanger|server)|domaines? (?:externes?|etrangers?)|dominios? extern\\w*|reenvio|retransmis\\w*|ретрансляц\\S*|пересылк\\S*',
      '转发|中継|中继|轉發|中繼|转信|릴레이',
      'third[- ]part(?:y|ies)|strangers|(?:only )?local (?:mail|delivery) only|only local (?:recipients?|users?|addresses|domains?)|to local (?:recipients?|users?|addresses|domains?|mailboxes) only|no outgoing (?:mail|messages)|outgoing (?:mail|messages) (?:only )?for|only (?:delivers? )?local mail|outside (?:of )?(?:the |this |our )?(?:system|organi[sz]ation|network)',
      'check (?:your )?(?:e-?)?mail (?:with|by|via|over|before)|doorsturen|przekazywani\\w*|inoltro|encaminhamento|vidarebefordr\\w*',
      'forward(?:ing)? (?:mail |messages )?(?:to|for) (?:(?:other|remote|external|foreign) (?:sites?|hosts?|domains?|servers?|systems?)|others|outsiders)',
    ],
  },
  {
    kind: 'subject',
    word: 'login',
    words: [
      'user authentication|(?:user ?names?|user|login) ?(?:or|and|/) ?password',
      'you are an? (?:\\w+ )?user|unknown user in (?:the )?certificate',
      '(?:smtp )?auth(?:entication|entification|enticate\\w*|enticated|orization)?',
      'log(?:ged)?[- ]?(?:in|on)|(?:smtp-)?anmeld\\w*|password|credentials|sasl',
      'authentifi\\w*|autenti[ck]\\w*|autoryzacj\\w*|uwierzyteln\\w*|autoriza\\w*',
      'аутентификац\\S*|авторизац\\S*',
      '认证|認證|認証|登录|登陆|ログイン|로그인',
    ],
  },
  {
    // Block lists.
    kind: 'subject',
    word: 'list',
    words: [
      BLOCK_LISTS,
      'sperrliste|uribl|surbl',
      'spamhaus\\w*',
      'списк\\S* спам\\S*',
      'deny ?-?list(?!ed)|spam (?:list|database)s?',
      'ban(?:ned)? list',
      '(?:open )?(?:relay|proxy)(?: server)?s? (?:data ?base|(?:black ?|block ?)?list)s?',
      'kara liste\\w*|cern\\w* list\\w*',
      'de-?list\\w*|removal (?:request|form)',
    ],
  },
  {
    kind: 'subject',
    word: 'reputation',
    words: [
      'trop de spams?|too much (?:spam|junk)',
      'service refused?',
      '(?:ip |poor |bad |low |sender )*reputation',
      'spam(?:mer|mers|ming)\\b',
      'spam sources?',
      'complaints?|spam (?:host|server|ip)',
      'trust ?level',
      'karma',
      'bad neighbou?r\\w*|(?:ip|host|domain)(?: address| name)?[- ]based',
      'known (?:for|as|to|source of)(?: \\w+){0,3} (?:spam\\w*|abus\\w*|junk)|(?:sender|ip|trust) ?scores?',
      '(?:caught|trapped|seen|hit|found|detected|listed|sent|sends|sending)(?: \\w+){0,3} (?:honey-?po[dt]s?|spam-?traps?)|(?:caught|trapped|flagged) (?:by|in) (?:our |the |an? )?(?:anti-?)?\\w+|honey-?po[dt]s?',
      'known (?:for|as|to|source of)(?: \\w+){0,3} (?:uce|ube|bulk|unsolicited|virus\\w*)|(?:spam|unsolicited|junk|bulk) (?:e-?mail |mail )?(?:sources?|senders?|hosts?)|suspicious activity',
      'end[- ]user(?: dynamic)? (?:ip|address|host)\\w*|(?:dynamic(?:ally)?|residential|dial-?up)(?: \\w+)? (?:ip|address|range|pool|space|port|host|user|customer|network)\\w*',
      '(?:too many|excessive|high (?:number|volume|rate) of)(?: \\w+){0,2} (?:complaints?|spams?|junk|viruses)(?: messages?| mails?)?|sources? of (?:\\w+ )?(?:spam|junk|unsolicited|abuse|virus\\w*)',
      '(?:receiv\\w*|got|gets?|seen|saw)(?: \\w+){0,2} (?:spam|junk|abuse)|bad standing',
    ],
  },
  {
    // What the message is about, which a probe has none of.
    kind: 'subject',
    word: 'content',
    words: [
      'spam(?! ?(?:source|mer|ming))(?:[- ]?(?:score|filter|check|content))?',
      'score|uce|ube|bulk|unsolicited|unwanted|junk|advertis\\w*|virus\\w*|malware|phishing',
      'вирус\\S*|вредонос\\S*|ウイルス|바이러스|垃圾|病毒|违规|违禁|敏感|스팸|スパム|спам\\S*',
      'inhalte?s?|contenu|contenido|conteudo|contenuto|zawartosc|содержани\\S*|содержим\\S*',
    ],
  },
  {
    kind: 'subject',
    word: 'message',
    words: [
      'size(?= (?:exceeds?|limit|too))',
      '(?:message|mail|e-?mail) (?:length|size)(?: of)?(?: \\d+)?(?: is)? (?:exceeds|exceeded|over|above|larger than)(?: \\w+){0,3} limit of \\d+',
      "(?:your |mail |e-?mail )*(?:message|attachment|header|body|content)(?:'s|s)?(?: (?:header|body|data|content|size|body size))*",
      '(?:mail|e-?mail) (?:size|content|header|data)',
      '\\d+[\\d.,]* ?(?:[kmg]i?b|kilo\\w+|mega\\w+|giga\\w+|bytes|octets) (?:per|an?|for each|each|for an?) (?:message|mail|e-?mail)|(?:no more than|at most) \\d+ ?[kmg]i?b\\b(?: (?:per|an?|for each|each) (?:message|mail|e-?mail))?',
      'line length|mime|message-id|url|links?|html',
      'nachricht\\w*|mensaje|mensagem|messaggi\\w*|wiadomosc\\w*|сообщени\\S*|письм\\S*|bericht\\w*|zprav\\w*|ileti',
      '邮件(?!地址|帐户)|信件',
    ],
  },
  {
    kind: 'subject',
    word: 'space',
    words: [
      '(?:storage |mail ?-?box |mail |e-?mail |account |user |inbox )*(?:disk quotas?|quotas?|storage|space|capacity|allotment)(?: (?:limit|allocation|space))*',
      'speicher\\w*|kontingent|cuota|cota|espacio|espaco|espace|spazio|miejsca|места|объем\\S*|лимит места|ruimte',
      'kvot\\w*|kota\\S*|空间|空間|容量|配额|配額|용량',
    ],
  },
  {
    kind: 'subject',
    word: 'system',
    words: [
      '(?:mail |internal |local |remote |smtp |back-?end |destination |directory |policy )*(?:servers?|system|services?|back-?end|host|gateway|machine)(?! storage)',
      'disk(?: space)?(?! quota)|(?:system|server) (?:storage|space)|database|ldap|directory|dns|name ?server|look-?up(?!:? (?:returned |gave |found )?no)',
      '(?:virus|malware|av|spam) (?:scanners?|scanning|daemon|engine)|resolver|(?:pieces of )?information about(?: \\w+){0,4}(?:\\Ss)?(?: domain)?',
      'callout|queue|disk|memory|resources?|network|configuration|config|(?:policy )?daemon|process(?:es|ing)?|threads|file descriptors|filter|scanner|milter',
      'plugin|controls|session',
      '(?:user|alias|recipient|mailbox|account|address|mail|message) (?:stores?|check(?:er|s)?|validat(?:ion|or)|service|process|daemon)|(?:user|alias|recipient|mailbox|account) (?:database|directory|table|map|data|look-?up(?!:? (?:returned |gave |found )?no)|file|cache)|socket|(?:up|down)stream(?: (?:tls|server|host|connection))?',
      'spool|backend',
      'сервер\\S*|servidor|serveur|serwer\\S*|服务器|伺服器|システム|サーバー?|서버',
      'next ?-?hop',
      '(?:password|passwd) (?:file|database)',
    ],
  },
  {
    kind: 'subject',
    word: 'command',
    words: [
      '(?:mail |routing )?loop\\w*',
      'user agent|not supported|not implemented|unsupported',
      'commands?|comando|befehl|commande|polecenie|команд\\S*|komut|opdracht|prikaz|命令|コマンド|명령\\S*',
      'characters?|pars(?:e|ing|er)|syntax|parameters?|arguments?|pipelining|sequence|protocol|extensions?|options?|verbs?',
      'bare (?:lf|newline|line ?feed)|line ending|smtputf8|internationali[sz]ed|non-?ascii|operand|synchroni[sz]ation',
      '(?:helo|ehlo|helo/ehlo|mail|rcpt|sender|recipient|data|hello)(?: from| to| address)? (?:command )?first|(?:sender|from|mail|helo|ehlo)(?: from| address)? before (?:the |any )?(?:recipients?|rcpts?|data|mail)(?: to| from)?|vrfy|expn|etrn|no recipients|(?:sender|recipient)s? (?:already|not yet) (?:given|specified)',
      'line(?= (?:is )?too long)|hops?|hop count|received:? headers?|input|without (?:a )?(?:mail|rcpt|sender|recipients?|helo)(?: from| to)?|no (?:sender|recipients?) (?:yet )?(?:given|specified)',
      '(?:(?:mail(?: from)?|sender|rcpt(?: to)?|helo|ehlo|hello)(?: command)? (?:was |is |has been )?)?already (?:been )?(?:given|set|specified|established|issued|started|sent)|already (?:issued|sent|gave|given|said|specified)(?: an?| the)? (?:mail|helo|ehlo|hello|sender)(?: from)?|(?:duplicate|second|repeated|nested) (?:mail(?: from)?|sender|helo|ehlo|helo/ehlo)(?: command)?(?! address)',
      '(?:do(?:es)?|did) not understand|not understood|(?:helo|ehlo|mail|rcpt|command)(?: from| to)?(?: was| is)? (?:given|sent|issued|received) (?:twice|again)|before (?:the )?(?:greeting|banner|hello)|pre-?greet\\w*|early ?talk\\w*',
    ],
  },
  {
    kind: 'subject',
    word: 'policy',
    words: [
      '(?:local |security |site |content |company |recipient )*polic(?:y|ies)',
      'administrative(?!ly)\\w*(?! (?:denied|rejected|prohibited|blocked|refused))|security|restriction\\w*|rules?|preferences|moderat\\w*|approval|permission|white ?-?list\\w*',
      'allow ?-?list\\w*|allowed-senders|(?:use|through|via) (?:the |our |its )?(?:\\w+ )?(?:mx|mail exchanger|filtering (?:service|gateway))\\b(?! record)',
      'violat\\w*(?: \\w+){0,3} (?:polic(?:y|ies)|rules?|standards?|rfc)',
      'restricted|quarantine\\w*|several entries|not unique|multiple match\\w*',
      'richtlinie\\w*|politique|politica|zasad\\w*|beleid|политик\\S*|策略',
      'mail action aborted(?= ?(?:-|$|%h))',
    ],
  },
  {
    // How the recipient's address is written.
    kind: 'subject',
    word: 'form',
    words: [
      'no domain part|(?:missing|malformed|empty|invalid|bad)(?: or \\w+)? local[- ]part',
      'address (?:does not |must )(?:contain|be|have)(?: a)? fully[- ]qualified(?: domain name)?',
      'syntax error in (?:the )?(?:recipient|rcpt|forward|mailbox|(?:e-?mail |mail )?address)\\w*(?: address)?',
      "(?:bad|invalid|malformed|illegal|incorrect) (?:recipient|rcpt|destination|forward[- ]path|mailbox|to|e-?mail|address)(?:'s)? ?(?:e-?mail |mailbox |mail )?(?:address )?(?:syntax|format)",
      '(?:recipient|destination|rcpt)(?: mailbox)?(?: address)? (?:syntax|format)',
      'recipient address must contain|local[- ]part (?:must|may|cannot|contains|of)|must contain a domain|(?:bad|invalid) bang path',
      'host ?name required|colon illegal|illegal in host|unbalanced|user address required|domain missing|domain name required',
      '(?:recipient|destination|address|local[- ]part|mailbox|user ?name)(?: address)? (?:(?:is )?too long|length exceeds(?: maximum)?)',
      'not (?:a )?valid rfc[- ]?\\d+|syntactically in(?:valid|correct) (?:recipient )?address|not fully[- ]qualified',
    ],
  },
  {
    // Greylisting by name.
    kind: 'predicate',
    word: 'grey',
    words: [
      '(?:ge)?gr[ea]y-?(?: ?list\\w*|trap\\w*)|postgrey|milter-gr[ea]ylist|sqlgrey|gr[ea]ylist\\w*|liste grise',
      'lista (?:gris|grig|cinz)\\w*|graue?n? liste|серый список|сер\\S+ спис\\S+|szar[aey]\\w* list\\w*|灰名单|灰名單|灰色列表',
      'グレーリスト|グレイリスト|그레이리스트|triple(?:t|s|ts)?|tuples?|sender(?: and |-| ?/ ?| )recipient pair|harmaalista|gra list\\w*|sive? list\\w*',
    ],
  },
  {
    // Greylisting told in other words.
    kind: 'predicate',
    word: 'firstSeen',
    words: [
      'first[- ](?:time|attempt|contact|delivery attempt)|not (?:yet )?(?:been )?(?:seen|known) before|(?:not|never) (?:seen|heard)(?: \\w+){0,2} from you|never seen',
      'temporar(?:y|ily) reject\\w*[:,]? (?:please|reconnect)',
      '(?:early|too soon|too early|premature)\\w* (?:retry|retr\\w+|attempt)|retr(?:y|ied) too (?:soon|early|fast)',
      'reconnect(?:ed|ing)? too? ?(?:fast|soon|early)',
      'delayed? (?:your|the|this) (?:message|mail|e-?mail) (?:for|to prevent|as)|anti-?spam (?:measure|delay|defer)\\w*',
      'come back in|to prove|real (?:mail ?)?servers?|(?:have |has )?not met(?: before)?|internal resources? (?:are |is )?temporarily unavailable',
      'not yet (?:authori[sz]ed|allowed|permitted|trusted)(?=.{0,80}(?:later|again|retry|deliver))',
      'we will accept .{0,40}in \\d+ ?(?:s|min|hour)',
      '(?:new|unknown|unfamiliar) (?:sender|client|correspondent|host|server|mail server)[^.]{0,40}(?:delay|wait|try|retry|defer|later)',
      'new to (?:us|this server)|(?:first[- ]time|previously unknown|previously unseen) (?:sender|client|host|server|ip)\\w*',
    ],
  },
  {
    kind: 'predicate',
    word: 'wait',
    words: [
      '(?:try|retry|attempt|resend|wait|back|again|after|in|for|least)(?: (?:again|later|back|delivery|message|mail|the|it|at|least|about|approx\\w*|another|in|for|after))* \\d+ ?(?:s|secs?|seconds?|m|mins?|minutes?|hours?|h)',
      'in \\d\\d:\\d\\d(?::\\d\\d)?',
    ],
  },
  {
    // We may not write to somebody.
    kind: 'predicate',
    word: 'mayNot',
    words: [
      '(?:can|may) ?not (?:send|post)(?: e-?mails?| mail| messages?)? to(?! (?:the |our |its |any )?(?:\\w+ )?(?:name ?server|dns|server|hosts?|store|queue|next ?-?hop|back-?end|upstream|gateway|socket|daemon)\\b)|may not (?:post|send|write)',
      'not (?:allowed|authori[sz]ed|permitted) to (?:send|post|mail|write|e-?mail|contact|deliver|submit)(?! (?:as|from|on behalf|mail from|e-?mail from|messages from))(?: (?:to|this|mail|messages?))*',
    ],
  },
  {
    // Two names that should be one.
    kind: 'predicate',
    word: 'mismatch',
    words: [
      'mis-?match\\w*|inconsistent|different (?:from|than)|not equal(?: to)?|equivalent to|claim(?:s|ed) to be|conflicts? with',
      'not (?:the )?same(?: as)?|do(?:es)? not (?:match|agree|correspond|belong)(?: (?:with|to))?',
    ],
  },
  {
    // Several things are possible, and one of them is said.
    kind: 'predicate',
    word: 'either',
    words: ['or'],
  },
  {
    // A host or domain without mail.
    kind: 'predicate',
    word: 'takesNoMail',
    words: [
      'not (?:authoritative|responsible|in charge|(?:the |a )?final destination|(?:the |an? )?(?:mx|mail exchanger)) (?:for|of)',
      "n[' ]?accepte pas|nimmt nur|non accetta|no acepta|nao aceita|не принимает|nie przyjmuje|kabul et\\w*m\\w+|拒收|受け付け(?:なくなり|ており?ません|ていません|られません)\\S*",
      '(?:does|do|is|are|was|will|am)(?: \\w+)? not (?:\\w+ ){0,3}?(?:accept|receiv|handl|host|serv)\\w* (?:any |inbound |incoming )?(?:e-?mails?|mail|messages)(?! from)',
      '(?:e-?mails?|mail|messages) (?:to|for) (?:this|that|the) (?=(?:\\w+ ){1,2}(?:is|are) not (?:being )?accepted)|(?:mail|messages?) (?:is|are) not (?:being )?accepted',
      'wrong (?:mail ?)?(?:server|host|mx)|not capable of receiving|parked|null ?mx|no mx(?: or a| or aaaa)? (?:hosts?|records?|servers?|entr(?:y|ies))|(?:indicat\\w*|announc\\w*|publish\\w*|advertis\\w*|declar\\w*|says?)(?: that| it| has)* no (?:smtp|mail|e-?mail)(?: service)?',
      '(?:best|lowest)(?:[- ](?:preference|numbered|priority))? mx|(?:points?|leads?|loops?) back (?:to|through) (?:%h|me|us|this|itself)',
    ],
  },
  {
    kind: 'predicate',
    word: 'unknown',
    words: [
      'n[ao]o? (?:esta |e |es |viene )?(?:hospedad|alojad|alberg|configurad)\\w*|nicht (?:gehostet|verwaltet|eingerichtet|bedient|betreut)|(?:non|pas) (?:hebergee?|geree?)|non (?:e |viene |risulta )?(?:gestit|ospitat|configurat)\\w*|не (?:обслужива|размещ)\\S*|nie (?:jest )?obslugiwan\\w*|niet (?:gehost|beheerd)|不在本\\S{0,6}|扱って\\S{0,6}',
      'n(?:ao|o|on) (?:foi|fue|es|e|e stato) possi(?:vel|ble|bile) (?:localizar|encontrar|trovare|identificar|individuare)\\w*|tanin(?:ma\\w+|miyor)|impossible de trouver|не удалось найти|konnte nicht (?:gefunden|ermittelt|zugeordnet)',
      '(?:have|has) no record of|do(?:es)? not know (?:any ?\\w+|of|this|that|the|him|who)|no record of',
      'un-?kno?wn?|must (?:be )?(?:exist\\w*|valid|known|registered)',
      'not? ?(?:be |been |a |an |in |on |our |any |currently |longer )*(?:found|known|exist\\w*|valid|recogni[sz]ed|listed|hosted|local(?!ho)|here|present|registered|defined|existing|such|our|one of our|configured|served|handled|match\\w*|available here|real|directory|on server|server|located|deliverable|routable|used|own\\w*|a member of(?: this| the)? domain|(?:\\w+ )?(?:of )?ours)',
      '(?:does|do|did|is|was|are|were|could|can|has|have|will) not (?!accept|allow|permit|welcome|auth|support)(?:\\w+ ){0,2}?(?:exist\\w*|found|known|valid|recogni[sz]ed|listed|hosted|have|here|registered|match\\w*|located|find|local|one of|served|handled|handle|host|appear|configured|managed|defined|set up|present|belong (?:to (?:us|this|our)|here))',
      "doesn'?t exist|don'?t exist\\w*|dosn'?t exist",
      '(?:owner|address|mailbox|user) has (?:left|moved|changed)',
      'not (?:in|on) (?:[\\w/]+ ){0,4}?(?:lists?|directory|table|database|file|\\w*rcptto)|in my bad(?!rcpt|recip)\\w+',
      'no such|nosuch\\w*|there (?:is|are) no(?:t any)?|no longer|nobody|no one',
      'in-?exist\\w*|non-?exist\\w*|un-?recogni[sz]ed|un-?defined|un-?identified|un-?deliverable|un-?rout\\w*',
      'replaced by|not have (?:a |any )?(?:final )?(?:e-?mail )?delivery point|not (?:been )?(?:assigned|provisioned|allocated)|not (?:point|lead)(?:ing)? (?:to )?any\\w+|n(?:o|ao|on) (?:tiene|tem|possui|ha) (?:un[ao]?|uma?)? ?(?:cuenta|conta|casella|account)|n.a pas de compte|hat kein konto|持っていません|in-?valid|incorrect|wrong|illegal|malformed|improper|bogus|mis-?spelled|bad',
      'no (?!dns|r-?dns|ptr|reverse|mx|spf|a )\\w+ (?=entry)|un-?registered|un-?allocated|missing|deleted|removed|moved',
      'not (?=users? |an? (?:user|mailbox|account)|accounts?|<?%a)|no route to (?=user|recipient|mailbox|address|account)',
      '(?:cannot|could not|unable to|failed to) (?:find|locate|recogni[sz]e|identify)',
      '(?:no|without)(?: an?)?(?: valid| proper)?[ -](?=mailbox|sender|user|recipient|account|address|domain|alias|ptr|pointer|r-?dns|dns|rdns|spf|mx|a\\b|a record|dkim|reverse|host|passing|valid|entry)',
      'notfound|\\bnot$',
      ...Object.values(LANGUAGES).flatMap(({ after, before }) => [after, before]),
      '(?:mail-?box )?name (?:not allowed|invalid)',
      'no idea|dunno|never heard|(?:means?|know|knows) nothing|nowhere|elsewhere|(?:zero|no|0) (?:entr(?:y|ies)|results?|matches|rows)|found nothing|nothing found',
      '(?:has )?left (?:the |our |this )?(?:company|organi[sz]ation|university|school|firm|us)|(?:has|have) left\\b|no figura|no aparece|non risulta\\w*|n.apparait pas',
      'not on (?:this|our|the) (?:\\w+ )?(?:system|server|host|machine)',
      'do(?:es)? not know(?= <?%a)|gone|mis-?typed|left(?=[.,;!]|$)',
      '(?:is )?not any(?:one|body)',
    ],
  },
  {
    kind: 'predicate',
    word: 'disabled',
    words: [
      '(?:blocked|banned|locked|barred) by (?:(?:its|the|an?|our|your|his) )?(?:\\w+ )?(?:owner|admin\\w*|operator|support)|administratively (?:blocked|locked)|banned from (?:this|the|our) (?:service|system|site)',
      '(?:has )?not (?:been )?(?:logged|signed) in(?= (?:for (?!send)|since))|never (?:logged|signed) (?:in|on)(?:to)?|(?:not|never) (?:been )?(?:entered|accessed|opened|used|polled|checked)(?= (?:for|since|during|in) (?:the )?(?:last|past|more|over|a|\\d+)\\b)|inactivity|no ?(?:\\w+ )?activity|log ?in to (?:enable|activate|receive)',
      '(?:dis-?abled|suspend\\w*|de-?activated|in-?active|locked|expired|closed|terminated|discontinued|frozen|cancell?ed|dormant|abandoned|archived|retired|hang-?up|hibernat\\w*|de-?provisioned|inactivated)',
      'not (?:been )?(?:currently |yet )?(?:active|activated|enabled|confirmed|approved)|lapsed|barred from receiving|withdrawn|decommissioned|(?:pending|awaiting) activation|(?:trial|contract|subscription|account) (?:has )?ended|(?:trial|contract|subscription) (?:has )?run out|(?:switched|turned) off|opted out',
      'on (?:\\w+ )?(?:leave|hold)|mail receiving disabled|dad[oa] de baja',
      'no longer an? (?:\\w+ )?(?:customer|subscriber|client)\\b|(?:no longer|not) in (?:use|service)|no longer (?:active|enabled|accept\\w*|receiv\\w*)',
      '(?:cannot|can not|unable to|not able to|not) receive',
      'gesperrt|deaktiviert|inaktiv|stillgelegt|geschlossen|abgeschaltet|gekundigt|gekuendigt|desactive\\w*',
      'suspendu\\w*|fermee?|bloquee|resilie\\w*|sospes\\w*|disattivat\\w*|disabilitat\\w*|scadut\\w*|suspendid\\w*',
      'desactivad\\w*|cancelad\\w*|deshabilitad\\w*|inactiv\\w*|bloquead\\w*|suspens\\w*|desativad\\w*|desabilitad\\w*|inativ\\w*',
      'zablokowan\\w*|zawieszon\\w*|nieaktywn\\w*|wylaczon\\w*|заблокирован\\S*|отключ\\S*|приостановлен\\S*',
      'неактив\\S*|закрыт\\S*|деактивирован\\S*|geblokkeerd|uitgeschakeld|opgeheven|afgesloten|zablokovan\\w*',
      'deaktivovan\\w*|pozastaven\\w*|askiya\\S*|devre disi|kapatil\\S*|pasif|停用|禁用|冻结|凍結|锁定|鎖定|关闭|停止|凍結|解約|休止|휴면|정지',
      '비활성|중지|avstang\\w*|inaktivera\\w*|sparra\\w*|suljettu',
      'shut (?:down|off)|revoked|dead|stopped|obsolete|defunct|(?:marked|scheduled|queued|pending) (?:for )?(?:deletion|removal)|to sleep|asleep|out of (?:service|order)|under review|deprecated|unpaid|overdue|cut off|wound up|ceased',
      'has ended|restricted by (?:an? |the )?\\w*admin\\w*|(?:not|no longer) (?:allowed|permitted|able) to receive',
    ],
  },
  {
    kind: 'predicate',
    word: 'full',
    words: [
      '(?:there is |there.s )?no (?:more |free |available |disk )*(?:room|space|storage|capacity|bytes)(?: left(?: (?:in|for|on))?|(?! in))|(?:at |to )?1\\d\\d ?% (?:full|of)(?: (?:its|the|their))?|(?:delete|clean ?up|empty|clear)(?: out)?(?: \\w+){0,2} (?:messages|mails?|mailbox|inbox)|too many (?:messages|mails) (?:stored|kept|waiting)|too much (?:mail|e-?mail) (?:is )?(?:stored |kept |waiting )?(?:in|on) (?:\\w+ )?(?:mail ?-?box|inbox|server|account)|quota (?:violation|error|problem)|(?:size|storage) limits? (?:of|for)(?: \\w+)? (?:mail ?-?box|user|account|inbox)',
      'exceed(?:s|ed)? (?:\\w+ ){0,3}?(?:(?:mail ?-?box|inbox|user)(?:.s)? (?:size|quota|limit)|(?:recipient|account|addressee)(?:.s)? (?:quota|storage|space))',
      'mail ?-?box (?:size )?(?:limit|size)|zu ?viele (?:e-?)?mails(?! pro)',
      '(?:too many|zu ?viele) (?:e-?)?(?:mails|messages)(?: \\w+)? (?:on|in|auf|im) (?:\\w+ )?(?:server|mailbox|inbox|folder|postfach)',
      'filled up|full(?! (?:text|details?|headers?|error|message|copy|report|explanation|information|address|name))|over-?quota|over (?:its |the |their )?(?:size )?(?:quota|limit)|out of (?:\\w+ )?(?:space|storage|quota)',
      'overflow\\w*|over-?drawn|mailboxfull|quota ?full|exhausted',
      '\\bvoll\\b|uberfullt|ueberfuellt|pleine?|saturee?|pien[ao]|llen[oa]|satura\\w*|cheia|lotad\\w*|pelna',
      'przepelnion\\w*|zapelnion\\w*|переполн\\S*|заполн\\S*|полон|\\bvol\\b|overvol|pln[aey]|preplnen\\w*|dolu|dolmus',
      'fuld|fylt|megtelt|已满|已滿|满了|滿了|满|一杯|いっぱい|満杯|가득',
      '(?:cannot|could not|unable to) (?:hold|store|take) (?:any )?more',
    ],
  },
  {
    kind: 'predicate',
    word: 'exceeded',
    words: [
      '(?:does|do) not have (?:enough|sufficient)',
      'exceed\\w*|over\\b|reached|hit (?:the|its|his|her|their|an?)|terminat[oa]|surpass\\w*|above|beyond|used up|insufficient|not enough|no more|shortage',
      'too (?:large|big|long|much)|larger|maximum|max|limit\\w*|excessive\\w*',
      'uberschritten|ueberschritten|erschopft|depasse\\w*|atteint|superat\\w*|excedid\\w*|superad\\w*|esgotad\\w*',
      'ultrapass\\w*|excedeu|przekroczon\\w*|превыш\\S*|исчерпан\\S*|недостаточно|overschreden|onvoldoende',
      'prekrocen\\w*|asil\\S*|yetersiz|超过|超過|超出|不足|超え\\S*|超|オーバー|上限|초과|부족',
    ],
  },
  {
    kind: 'predicate',
    word: 'tooMany',
    words: [
      '\\d+ (?:e-?mails?|mails?|messages?|recipients?|rcpts?) ?(?:/|per|an?|in) ?(?:\\d+ )?(?:h|m|s|d)(?:our|ours|r|in|inutes?|ec|econds?|ays?|ay)?\\b|burst\\w*',
      'tages(?:grenze|limit|kontingent)|(?:stunden|sende|versand)(?:limit|kontingent|grenze)|(?:dag|uur|verzend)limiet|denni limit|dzienn\\w+ limit|limit dzienn\\w+|(?:дневн|суточн|часов)\\S+ лимит\\S*|gunluk \\w*limit\\w*',
      '(?:limite|quota|cuota|cota) (?:journali\\w+|horaire|diari[oa]|quotidien\\w*|d.envoi|de envi?o|di invio)|发[信送](?:数量|量|频率)|单位时间|每日|(?:発信|配信|受信|送信)数|발송|한도',
      'recipients (?:are )?(?:over|above|exceed\\w*)(?! (?:\\w+ )?(?:quota|storage|space))|(?:maximum|max|allowed) (?:recipients|rcpts|addressees|addresses|users)|exceed\\w* (?:the |your )?(?:\\w+ )?(?:recipients|rcpts|addressees|addresses)|(?:recipients|rcpts|addressees|addresses|users) per (?:message|mail|session|connection)',
      'anzahl (?:der|von|an)|empfanger(?:limit|zahl|anzahl)|nombre (?:maximal|maximum|max) de|nombre de (?:destinataires|messages|connexions)|numero (?:maximo|massimo) d[ei]|numero d[ei] (?:destinat|mensa|messag|conex|connes|correos)\\w*|limite (?:de |di |d.)?destinat\\w+|liczb\\w+ (?:odbiorc|wiadomosc)\\w*|количеств\\S* (?:получат|писем|сообщ)\\S*|aantal (?:ontvangers|berichten)|(?:alici|mesaj) sayisi|(?:受信者|宛先|수신자 ?)(?:数|수)',
      'limit of \\d+|\\d+ hits',
      'receiving (?:e-?mail|mail|messages) (?:at|too)|数量|too many(?! (?:\\w+ )?(?:hops|lookups|forwards|processes|threads|files|received:|attachments))',
      'too frequen\\w*|too (?:quickly|fast|often|rapid\\w*)|throttl\\w*|rate|rate-?limit\\w*(?! (?:is |are )?(?:temporarily )?(?:unavailable|down))|ratelimit|slow(?:ly|er| ?down)|too much (?:e-?mail|mail|traffic|recipients?|rcpts?)(?! data)|max(?:imum)? (?:rcpts?|recipients?|messages?|connections?|sessions?)(?: to)?(?: commands?)?(?= (?:reached|exceeded|count))',
      'flood\\w*|dictionary attack|harvest\\w*|concurren\\w*|simultaneous|volume|more than once|frequen\\w*',
      'par (?:heure|jour|minute)|all.ora|orari[oa]|giornalier[oa]|al giorno|por (?:hora|dia|minuto)|pro (?:stunde|tag|minute)|na godzine|godzinow\\w*|per (?:uur|dag)|в (?:час|сутки|минуту)|每(?:小时|天|分钟|日)|(?:1|一)時間|速率|(?:hourly|daily|weekly|monthly|per (?:hour|day|minute|second|session|connection|message))|this hour',
      '(?:unusual|excessive|unexpected|abnormal)(?: \\w+)? (?:activity|rate|volume|amount|traffic|number)|(?:sending|outbound|outgoing)(?: mail| message| e-?mail)? (?:quota|limit)s?|(?:submission|relay|messages?|connections?|transfer|recipient count|thread|session|mail) (?:quota|limit)|(?:recipients|rcpts|addressees) quota|(?:recipients?|rcpts?|addressees?|address) limit',
      'number of|total (?:number )?of (?:\\w+ )?(?:rcpts?|recipients?|addressees|messages?|connections?)|limits? for (?:how|(?:\\w+ ){0,2}(?:requests|connections|messages|commands)(?: from)?)|parallel|(?:one|single) (?:recipient|rcpt|message|mail|connection) (?:at a time|per \\w+)|(?:all|no)(?: free)? slots(?: left)?',
      'zu ?viele|trop (?:de|d\\b)|tropp[ieo]|demasiad\\w*|muit[oa]s|zbyt (?:wiele|duzo)|слишком (?:много|часто)|te veel',
      'лимит\\S* (?:сообщени|соединени|подключени|запрос|отправ|пис)\\S*|(?:muito|demasiado|zu|trop) (?:rapid\\w*|schnell|vite|haufig)',
      'for (?:manga|mange)|liian monta|多すぎ',
      'prilis mnoho|cok fazla|频率|过多|太多|频繁|너무 많|por hora|pro stunde',
      '(?:no more than|at most|only|limited to|up to|max(?:imum)?(?: of)?) \\d+(?![\\d.,]* ?(?:[kmg]i?b|kilo\\w+|mega\\w+|giga\\w+|bytes|octets|characters|chars))|more (?:\\w+ )?than (?:we |is |are )?(?:permit|allow|accept)\\w*',
      '(?:maximum|max|limit)(?: number| count)? of (?:\\w+ ){0,2}(?:recipients?|rcpts?|connections?|sessions?|messages?|mails?|e-?mails?|users?|errors?|commands?|addresses)|traffic(?: \\w+)? quota',
      '送信数|送信制限|limite? (?:de|di|d.)[ ]?(?:envi\\w*|invii?o?|messag\\w*|mensa\\w*|conexion\\w*|connexion\\w*)|gonderim (?:limit\\S*|kota\\S*)',
      '\\d+ (?:simultaneous |open |concurrent )?(?:sessions|connections)|excessive (?:connections?|messages|mails?|recipients)|less mail|fewer (?:\\w+ )?(?:mails?|messages|connections|recipients)|enough recipients',
      '(?:recipients?|rcpts?|connections?|sessions?) counts?',
    ],
  },
  {
    // A matter of permission.
    kind: 'predicate',
    word: 'forbidden',
    words: [
      'not (?:be |been |being |currently )*(?:allow\\w*|permit\\w*|authori[sz]ed|granted|possible)',
      '(?:does|do|will|can|would|did) not (?:\\w+ ){0,2}?(?:allow\\w*|permit\\w*)|forbidden|prohibit\\w*',
      'disallow\\w*|un-?authori[sz]ed|denied|denies|deny|no permi(?:t\\w*|ssion)|lacks? permission|insufficient (?:permissions?|rights|privileges?|authority)',
    ],
  },
  {
    kind: 'predicate',
    word: 'refused',
    words: [
      '(?:not |un-?)able to (?:accept|receive) (?:connections?|mail|messages?)',
      'reject\\w*|refus\\w*|den(?:y|ied|ies)|declin\\w*|forbidden|prohibit\\w*|disallow\\w*',
      'not? (?:be |been |being |currently )*(?:accept\\w*|allow\\w*|permit\\w*|conform\\w*|authori[sz]ed|ok\\b|liked?|welcom\\w*|support\\w*|granted|possible|wanted|invited|trusted|implemented)',
      'un-?(?:authori[sz]ed|trusted|wanted|acceptable|supported|welcome)',
      '(?:(?:does|do|will|would|did) not|cannot) (?:\\w+ ){0,2}?(?:accept\\w*|allow\\w*|permit\\w*|want|like|tak\\w*|support\\w*|deliver\\w*|talk|speak|deal|trust|carry)',
      '(?:do(?:es)?|will|are|am|is) not(?: configured to| able to| allowed to| permitted to)?(?= relay)',
      "(?:no|unable to)(?= relay)|no(?=,? (?:smtp )?service| e-?mails?| mails?| messages?)|no thanks|won't|will not",
      'never|go away|get lost|not welcome|fail(?:s)?$|violat\\w*|refuse|denial',
      'abgelehnt|verweigert|nicht (?:erlaubt|gestattet|akzeptiert|zulassig|angenommen)|verboten|refusee?|rejet\\w*',
      'unerwunscht\\w*|indesirable\\w*|no deseado|indesejad\\w*|indesiderat\\w*|niechcian\\w*|нежелательн\\S*',
      'interdit\\w*|rifiutat\\w*|non (?:consentit|permess|accettat)\\w*|rechazad\\w*|denegad\\w*',
      'no (?:permitid|autorizad|aceptad)\\w*|rejeitad\\w*|recusad\\w*|negad\\w*|nao (?:permitid|autorizad|aceit)\\w*',
      'odrzucon\\w*|niedozwolon\\w*|отклонен\\S*|отказ\\S*|запрещ\\S*|geweigerd|niet toegestaan|odmitnut\\w*',
      'reddedil\\S*|izin verilm\\S*|拒绝|拒絕|不允许|不允許|禁止|拒否|거부',
    ],
  },
  {
    kind: 'predicate',
    word: 'blocked',
    words: [
      '(?:currently|now) (?:being )?(?:blocked|banned|barred(?! from)|black-?listed|listed)',
      'filtered|permanently deferred|(?<!not )(?<!not an )(?:is|an) (?!not )(?:an )?(?:insecure |open )+(?:mail )?(?:relay|proxy)',
      'not (?:in (?:the |our )?)?(?:white|allow) ?-?listed|(?:un)?block(?:ed|ing|s)?|(?:block|deny)-?list(?:ed|u)|blacklist\\w*|barred',
      'bann?ed|listed|blackholed|hang-?up|firewalled|black-?listed|screened|intrusion\\S*|abus\\w*|compromised|infected|exploited|hijacked|hacked|bot(?:nets?|s|-like)?|zombies?',
      'stopped by|suspicious|untrusted|dangerous|harmful|malicious',
      'blockiert|gesperrt|blok(?:ovan|owan)\\w*|bloque\\w*|bloccat\\w*|bloquead\\w*|zablokowan\\w*|заблокирован\\S*|geblokkeerd',
      'zablokovan\\w*|engellen\\S*|屏蔽|封禁|차단\\S*',
    ],
  },
  {
    // A name that DNS does not know.
    kind: 'predicate',
    word: 'unresolved',
    words: [
      '(?:(?:does|do|did|could) not|cannot|unable to|failed to|not|un) ?-?(?:be )?resolv\\w*',
      '(?:(?:do|does|is|was|were|are|could|can) ?not (?:be |been )?|un|no )(?:exist|found|find|known|listed|registered|present|entr(?:y|ies)|records?)? ?(?:in|by|to) (?:the )?(?:public )?dns\\b(?! ?bl)|not (?:found|known|listed|registered|present) (?:in|by|to) (?:the )?(?:public )?dns\\b(?! ?bl)',
      'un-?resolv\\w*|(?:must|should|has to) (?:be )?resolv\\w*|(?:cannot|could not|unable to|not) find (?:your|a|the) (?:reverse |host ?name|ptr|name)+',
    ],
  },
  {
    kind: 'predicate',
    word: 'failed',
    words: [
      'not able to|errors?|fail(?:ed|ure|ures)?|fault|problems?|trouble|timed? ?-?out|time-?out|lost|reset|down',
      'abort\\w*|crash\\w*|interrupted|misconfigur\\w*|unable|cannot|could not',
      'cannot (?:open|write|create|lock|connect|verify|resolve|process|fork|allocate)|unreachable|broken|not running|not respond\\w*',
      'serv-?fail|i/o',
      'fehler|storung|stoerung|erreur|errore|erro\\b|blad|ошибк\\S*|fout|chyba|hata|错误|錯誤|故障|エラー|오류',
      '(?:did|does) not (?:answer|respond|reply)|no (?:answer|response)',
      'echec|fallo|fallid\\w*|falha|fallit\\w*|niepowodz\\w*|mislukt|selhal\\w*|basarisiz\\S*|失败|失敗|실패|неудач\\S*',
    ],
  },
  {
    kind: 'predicate',
    word: 'down',
    words: [
      '(?:cannot|unable to|not) accept(?:ing)? (?:new )?(?:connections?|mail|messages?)(?: \\w+)? (?:at|for|right) (?:this|the) (?:time|moment)',
      '(?:is |being |are )?(?:down|offline|rebuil\\w+|crashed)|being (?:moved|migrated|transferred|updated|upgraded|restarted)',
      '(?:internal|unexpected|technical|operating system)(?: \\w+)? (?:error|time-?out|failure|problem|fault|difficult)\\w*',
      '(?:unable to|cannot|could not|failed to) (?:\\w+ly )?(?:figure|fork|initiali[sz]e|allocate|deliver (?:the |this |your )?(?:mail|message)s? (?:at|now|right)|read|open|write|process|access|check|verify|complete|contact|connect|look ?up|fetch|reach|load|retrieve|query)',
      '(?:has |have )?(?:an? )?(?:invalid|bad|wrong) (?:format|index|state)|corrupt\\w*|connect(?:ion|ing)? to [^ ]{1,80}(?: \\[?%i\\]?)?(?::\\d+)?:? (?:connection |network |operation |was )?(?:is )?(?:refused|timed out|reset|unreachable)|no route to host|file (?:is )?(?:already )?(?:locked|busy|in use)',
      '(?:database|directory|ldap) (?:returned|reported)',
      'cannot (?:open|write|create|lock|access)(?: \\w+)? (?:mail-?box|maildir|inbox|folder)',
      '(?:could not|cannot) be (?:\\w+ly )?(?:fetched|read|retrieved|obtained|loaded|queried|checked|determined|looked up)|(?:unable to|cannot|could not) (?:determine|tell|say) (?:if|whether)',
    ],
  },
  {
    kind: 'predicate',
    word: 'unavailable',
    words: [
      'unav\\w*able|(?:not|no longer|in) ?(?:currently )?available|unreachable|not reachable|inaccessible',
      '(?:cannot|could not|unable to) (?:be )?reach(?:ed)?',
      'non? disponib\\w*|indisponi\\w*|nao disponiv\\w*|nicht (?:verfugbar|verfuegbar|erreichbar)|niet (?:beschikbaar|bereikbaar)|niedostepn\\w*|nedostupn\\w*|недоступ\\S*|kullanilami?y?or|不可用|利用でき\\S*',
    ],
  },
  {
    kind: 'predicate',
    word: 'temporary',
    words: ['temporar\\w*|transient|tempfail|for (?:now|the time being)'],
  },
  {
    kind: 'predicate',
    word: 'later',
    words: [
      'locked by (?:another|a) \\w+|(?:another|other) (?:process|session|program|client|user) (?:has|is|holds)(?: \\w+)?',
      '(?:come back )?later|try (?:it )?again|again|retry|busy|overload\\w*|high load|load|too busy|shutting down|going down',
      'maintenance|at this time|at the moment|currently|in progress|defer\\w*|moment|soon|unverified|not yet',
      'vorubergehend|voruebergehend|spater|spaeter|temporairement|plus tard|temporane\\w*|riprova\\w*|piu tardi',
      'temporal\\w*|intente|mas tarde|temporariamente|tente novamente|mais tarde|pozniej|tymczasow\\w*|позже',
      'временн\\S*|попробуйте|повторите|tijdelijk\\w*|probeer|pozdeji|docasn\\w*|daha sonra|gecici|稍后|稍後|暂时|暫時|一時|しばらく',
      '混み合|잠시|나중에',
    ],
  },
  {
    kind: 'predicate',
    word: 'needed',
    words: [
      'before (?:sending|relaying|mailing|submitting|you (?:send|relay|can send|may send))|must|required?|requires|requir\\w*|needs?|need(?:ed)?|mandatory',
      'please(?= (?:use|enable|turn|provide|auth|log))|should|have to|turn on|only|enable|first',
      'erforderlich|notwendig|requise|necessaire|necesari\\w*|necessari[ao]|wymagan\\w*|требует\\S*|необходим\\S*',
      'vereist|requerid\\w*|richiest[ao]|obligatoi?r\\w*|vyzadov\\w*|gerekli|zorunlu|需要|必须|必須|必要|필요',
    ],
  },
];

// The vocabularies: what a recipient, a sender and a client are called, and what is said of them, language by language.
// All words are in normalised form (lower case, no accents, %a for an address, %i for an IP address). Data only.
import { any } from './pattern';

/** Quotes, brackets, dots and at most one address between a noun and what is said of it: "User (%a) unknown". */
export const GLUE = '[^a-z0-9%]{0,6}(?:%[ai][^a-z0-9%]{0,8})?';

// ---------------------------------------------------------------- recipients, English
const NOT_OURS =
  "(?<!sender |sender's |from |return |source |your |originating |originator |envelope |helo |client |sending |reply |network |path |ip |ip-|ips |mailfrom |mx |server |unicast |remote |submission |login |web |url |link )";

export const RECIPIENT_WORD = any(
  'users?', 'user ?names?', 'user ?ids?', 'recipients?', 'receivers?', 'mail-?box(?:es)?', 'mail box(?:es)?', 'in-?box', 'accounts?', 'addresse?e?s?', 'aliase?s?', 'persons?',
  'customers?', 'subscribers?', 'members?', 'rcpt(?:[- ]to)?', 'local[- ]?parts?', 'mail-?drop', 'e-?mails?', 'maildir', 'employees?', 'destinatary', 'destinator', 'rcpts',
); // prettier-ignore
const RECIPIENT_PREFIX =
  '(?:(?:e-?mail|mail|recipients?(?:\'s)?|users?(?:\'s)?|local|destination|requested|target|specified|given|virtual|system|intended|domain|smtp|rcpt|envelope|hosted|remote|primary|this|that|the|delivery|forwarding|forward) )*';
export const RECIPIENT = `${NOT_OURS}${RECIPIENT_PREFIX}${NOT_OURS}${RECIPIENT_WORD}`;

const NOT = "(?: ?not| ?n['o]?t|nt)";
export const UNKNOWN_AFTER = any(
  'unkno?wn?', 'not[- ]?found', 'no found', 'notfound', 'in-?valid', 'non-? ?exist\\w*', 'in-?exist\\w*', 'un-?exist\\w*', 'not? exist\\w*', 'un-?recogni[sz]ed', 'un-?allocated', 'un-?listed', 'un-?defined', 'un-?identified',
  'incorrect', 'misspelled', 'wrong', 'illegal', 'missing(?! )', 'un-?rout(?:e)?able', 'un-?resolvable', 'un-?registered', 'un-?assigned', 'undeliverable', 'is bad', 'bad\\b',
  `(?:could|can|did|was|were|is|are|has|have|does|do|will|been)${NOT} (?:be |been |currently |a |an |yet |seem to |appear to |actually |\\w+ly )*(?:found|located|known|recogni[sz]ed|exists?\\w*|listed|valid|defined|registered|identified|resolved|allocated|local\\b|legal|here\\b|present|match\\w*|created|correct|real|in (?:\\w+ ){0,4}?(?:directory|database|list|system|table|records?|file|ldap|\\w*rcptto)|an? (?:known|valid|existing|legal|local|registered)|(?:any )?one of (?:our|the)|deliverable|routable|have an? (?:\\S+ )?(?:account|mailbox))`,
  'not (?:be |been |a |an )*(?:found|located|known|recogni[sz]ed|listed|valid|defined|registered|identified|allocated|local\\b|legal|here\\b|present|our|on (?:file|record|this|our)|in (?:\\w+ ){0,4}?(?:directory|database|list|system|table|records?|file|ldap)|at this (?:site|domain|location|address))',
  'not an? active', '(?:may|might) not exist', 'no longer (?:exists?|valid|a valid|available|here|with|works?|employed|at |on |in use|used|in service|serviced|registered|known|supported|monitored|receives?|accept(?:s|ing)?)', 'has (?:been )?(?:moved|left|gone)', 'does not work (?:here|at)', 'has no (?:mailbox|account)', 'has been (?:deleted|removed|replaced|retired)', '(?:was|is|were) (?:deleted|removed|retired|gone)', 'deleted', 'no user',
); // prettier-ignore
/** Words that may stand between the noun and the predicate. */
export const COPULA = "(?:(?:address|name|account|part|mailbox|user|is|are|was|were|has|been|seems?|appears?|to|be|that|you|tried|to|reach|entered|specified|either|may|the|an|a|this|domain|lookup|result|status|check|error|verification|validation|marked|as|listed|found|e-?mail|=||:|-)[ :=.,'\"()<>-]+){0,9}?";

export const NO_SUCH = any(
  'no such', 'nosuch', 'un-?known', 'un-?known local', 'in-?valid', 'non-? ?exist\\w*', 'in-?exist\\w*', 'un-?recogni[sz]ed', 'un-?identified', 'un-?defined', 'un-?rout(?:e)?able', 'un-?deliverable', 'wrong', 'incorrect', 'bad(?! e-?mails?\\b(?! ?-?(?:add|acc|user)))', 'illegal', 'no valid', 'no matching', 'unlisted',
  'not? (?:a |an |any )?(?:valid|known|existing|legal|registered|local|real|correct)', "(?:is|was|are)(?: ?not|n't) (?:a |an )?(?:valid|known|existing|legal|registered|local|real)?", 'never heard of(?: (?:that|this))?', 'there is no(?: such)?', 'not our', 'is not one of our', 'not one of our', 'no(?! e-?mails?(?! ?-?(?:add|acc|user)))', 'nobody', 'not an?(?! e-?mails?\\b(?! ?-?(?:add|acc|user)))',
  "(?:could|can|did|do|does)(?: ?not|n't|nt) (?:find|locate|know|recogni[sz]e|identify|have|resolve|match|look ?up)(?: (?:a|an|the|that|this|any|such|your|specified|requested|valid))*", '(?:unable|failed) to (?:find|locate|identify|resolve|recogni[sz]e|match|deliver to)(?: (?:a|an|the|that|this|any|such|specified|requested|valid))*',
  'missing', 'unused', 'deleted',
); // prettier-ignore

// ---------------------------------------------------------------- recipients, other languages: [noun, said after it, said before it]
export interface LanguageWords {
  noun: string;
  after: string;
  before: string;
  full: string;
  disabled: string;
}

export const LANGUAGES = {
  de: {
    noun: any('(?:e-?mail-?)?empf(?:a|ae)nger(?:adresse)?', '(?:mail)?benutzer(?:name|konto)?', 'postf(?:a|ae)ch', '(?:e-?mail-?|ziel-?)?adresse', 'adressat', 'nutzer', 'teilnehmer', '(?:e-?mail-?)?konto', 'mailbox', 'account', 'anwender', 'empfangsadresse', 'kennung'),
    after: any('(?:ist |sind |wurde |hier |uns |bei uns |auf diesem server |leider |derzeit |konnte )*(?:unbekannt|nicht (?:bekannt|gefunden|vorhanden|existent|existiert|gultig|gueltig|registriert|angelegt|eingerichtet|zustellbar|ermittelt|mehr (?:gultig|gueltig|vorhanden|aktiv|verfugbar))|ung(?:u|ue)ltig|inexistent|geloscht|geloescht|falsch)', 'existiert (?:hier |bei uns |auf diesem server |leider |uns )?(?:nicht|nimmer)', 'gibt es (?:hier |bei uns |leider )?nicht', 'nicht gefunden', 'kennen wir (?:hier )?nicht'),
    before: any('unbekannte[rsn]?', 'ung(?:u|ue)ltige[rsn]?', 'kein(?:e[nr]?)? (?:gultige[rsn]? |gueltige[rsn]? |solche[rsn]? |passende[rsn]? |existierende[rsn]? )?', 'falsche[rsn]?', 'nicht existierende[rsn]?', 'nicht vorhandene[rsn]?'),
    full: any('(?:postf(?:a|ae)ch|mailbox|konto|speicherplatz|briefkasten|account)[^.]{0,40}(?:\\bvoll|uberfullt|ueberfuellt|uberschritten|ueberschritten|erschopft|erschoepft|ausgeschopft)', 'quota[^.]{0,30}(?:uberschritten|ueberschritten|erreicht|erschopft|voll)', 'zu ?viele (?:e-?)?mails auf dem server', 'speicher(?:platz|limit|grenze)[^.]{0,40}(?:uberschritten|ueberschritten|erreicht|nicht aus|erschopft)'),
    disabled: any('(?:empf(?:a|ae)nger|benutzer|postf(?:a|ae)ch|adresse|konto|mailbox|account|nutzer|teilnehmer)[^.]{0,40}(?:gesperrt|deaktiviert|inaktiv|stillgelegt|nicht aktiv|abgelaufen|geschlossen|abgeschaltet|gekundigt|gekuendigt)'),
  },
  fr: {
    noun: any('utilisateur', 'destinataire', 'adresse(?: e-?mail| mail| electronique| de messagerie| du destinataire| d ?.?au moins un destinataire)?', 'boite(?: aux lettres| mail| e-?mail| de reception)?', 'compte', 'abonne', 'usager', 'mailbox'),
    after: any("(?:est |sont |d.?au moins |un |destinataire |de |messagerie |email )*(?:inconnue?s?|introuvables?|invalides?|inexistante?s?|non trouvee?s?|non valide|erronee?s?|incorrecte?s?|supprimee?s?|non reconnue?s?|n[' ]?est pas (?:connue?|valide|reconnue?)|pas trouvee?)", "n[' ]?existe (?:pas|plus)", "n[' ]?a pas ete trouvee?", "n[' ]?est (?:pas|plus) (?:valide|connue?|reconnue?)"),
    before: any('(?:pas|aucune?) (?:de )?(?:tel(?:le)?s? )?', 'mauvaise? ', 'inconnu ', 'impossible de trouver (?:le |la |l.)?'),
    full: any('(?:boite|messagerie|compte|mailbox)[^.]{0,50}(?:pleine?|saturee?|remplie)', 'quota[^.]{0,40}(?:depassee?|atteint|excede)', 'depassement (?:de|du) quota', 'espace (?:disque |de stockage )?insuffisant', 'plus (?:de place|d.espace)'),
    disabled: any('(?:compte|boite|adresse|utilisateur|destinataire|abonne)[^.]{0,50}(?:desactivee?|suspendue?|bloquee?|inactive?|fermee?|cloturee?|expiree?|resiliee?|verrouillee?)'),
  },
  it: {
    noun: any('utente', 'destinatario', 'indirizzo(?: e-?mail| di posta| del destinatario)?', 'casella(?: di posta| e-?mail| postale)?(?: elettronica)?', 'account', 'mailbox', 'utenza'),
    after: any('(?:e |e\' |non e |di posta |elettronica |email |del destinatario |risulta )*(?:sconosciut[oai]|inesistente|non trovat[oa]|non valid[oa]|inesatt[oa]|errat[oa]|non presente|non riconosciut[oa]|cancellat[oa]|non corrett[oa]|invalid[oa]|non raggiungibile)', 'non (?:esiste|esistente)', '(?:e )?stat[oa] (?:eliminat|cancellat|rimoss)[oa]'),
    before: any('nessun[oa]? ', 'impossibile trovare (?:l.|il |la )?', 'non esiste (?:l.|il |la |alcun[oa]? |nessun[oa]? |un |una )?(?:questo |questa )?'),
    full: any('casella[^.]{0,50}(?:piena|satura|esaurit)', '(?:spazio|quota|capienza)[^.]{0,40}(?:esaurit|superat|insufficient|eccedut)', 'superat[oa] (?:la |il )?(?:quota|limite)'),
    disabled: any('(?:utente|destinatario|indirizzo|casella|account|utenza)[^.]{0,50}(?:disabilitat|disattivat|sospes|bloccat|inattiv|chius|scadut|dismess|non attiv)'),
  },
  es: {
    noun: any('usuario', 'persona', 'destinatario', 'direccion(?: de correo| de e-?mail| electronica)?', 'buzon(?: de correo)?', 'cuenta(?: de correo| de e-?mail)?', 'casilla(?: de correo)?', 'receptor', 'mailbox', 'correo'),
    after: any('(?:es |esta |de |correo |electronico |del destinatario |que )*(?:desconocid[oa]s?|inexistente|invalid[oa]s?|no encontrad[oa]|no valid[oa]|incorrect[oa]|no registrad[oa]|eliminad[oa]|erronea|no reconocid[oa]|no localizad[oa]|no es valid[oa])', '(?:ya )?no (?:existe|existente|se encontro|fue encontrad[oa]|ha sido encontrad[oa]|se encuentra)', '(?:ya )?no (?:es|esta) (?:valid[oa]|registrad[oa]|conocid[oa]|dad[oa] de alta)'),
    before: any('no existe (?:el |la |dicha |dicho |ese |este |esa |esta |ningun[oa]? |un |una |tal )?', 'no se (?:encontro|encuentra|ha encontrado|pudo encontrar) (?:el |la |al )?', 'ningun[oa]? ', 'desconocid[oa] '),
    full: any('(?:buzon|casilla|cuenta|bandeja|mailbox|correo)[^.]{0,50}(?:llen[oa]|excedid|superad|saturad)', '(?:cuota|espacio|capacidad)[^.]{0,40}(?:excedid|superad|agotad|insuficiente|llen)', '(?:excedio|supero|excede|supera|excedido|superado) (?:la |el |su )?(?:cuota|limite de (?:espacio|almacenamiento)|capacidad)', 'sin espacio'),
    disabled: any('(?:usuario|destinatario|direccion|buzon|cuenta|casilla)[^.]{0,50}(?:deshabilitad|desactivad|suspendid|bloquead|inactiv|cerrad|cancelad|caducad|expirad|inhabilitad|no activ|dad[oa] de baja)'),
  },
  pt: {
    noun: any('usuario', 'utilizador', 'destinatario', 'endereco(?: de e-?mail| eletronico| de correio)?', 'caixa(?: postal| de correio| de entrada| de e-?mail)?', 'conta(?: de e-?mail)?', 'assinante', 'mailbox', 'e-?mail'),
    after: any('(?:e |esta |de |correio |email |e-mail |do destinatario |ou )*(?:desconhecid[oa]s?|inexistente|invalid[oa]s?|nao encontrad[oa]|incorret[oa]|nao cadastrad[oa]|removid[oa]|nao valid[oa]|nao localizad[oa]|excluid[oa])', '(?:ja )?nao (?:existe|existente|foi (?:encontrad|localizad)[oa]|pertence|consta|e valid[oa]|esta cadastrad[oa])'),
    before: any('nao existe (?:o |a |este |esta |esse |essa |um |uma |nenhum[a]? )?', 'nao (?:encontrei|foi possivel encontrar|encontrado) (?:o |a )?', 'nenhum[a]? '),
    full: any('(?:caixa|conta|mailbox|usuario)[^.]{0,50}(?:cheia|lotad|excedid|ultrapass|sem espaco|excedeu)', '(?:cota|quota|espaco|limite de armazenamento)[^.]{0,40}(?:excedid|ultrapass|esgotad|insuficiente|cheia|atingid)', '(?:excedeu|ultrapassou|excedida) (?:a |o |sua )?(?:cota|quota|limite)'),
    disabled: any('(?:usuario|utilizador|destinatario|endereco|caixa|conta|assinante)[^.]{0,50}(?:desabilitad|desativad|suspens|bloquead|inativ|encerrad|cancelad|expirad|nao ativ)'),
  },
  pl: {
    noun: any('uzytkownik\\w*', 'adresat\\w*', 'odbiorc\\w*', 'adres\\w*(?: e-?mail| odbiorcy)?', 'skrzynk\\w*(?: pocztow\\w+)?', 'kont[oa]', 'mailbox'),
    after: any('(?:jest |o podanej nazwie |nie |pocztow\\w+ |email )*(?:nieznan\\w+|niepoprawn\\w+|nieprawidlow\\w+|nieistniejac\\w+|bledn\\w+|usuniet\\w+|nie (?:zostal\\w* )?(?:odnalezion\\w+|znalezion\\w+))', 'nie (?:istnieje|ma|znaleziono|odnaleziono|zostal\\w* odnalezion\\w+|zostal\\w* znalezion\\w+|jest znan\\w+)'),
    before: any('(?:nie ma|brak|nie znaleziono|nie istnieje)(?: takiego| takiej| podanego)? ', 'nieznany ', 'nieprawidlowy ', 'niepoprawny ', 'bledny '),
    full: any('skrzynk\\w*[^.]{0,50}(?:pelna|przepelnion|zapelnion|przekroczon|przeladowan)', '(?:przekroczon\\w+|przekroczyl\\w*)[^.]{0,40}(?:limit|quot|pojemnosc|rozmiar|skrzynk)', '(?:quota|limit|pojemnosc)[^.]{0,40}(?:przekroczon|wyczerpan)', 'brak miejsca'),
    disabled: any('(?:uzytkownik|skrzynk|kont[oa]|adres|odbiorc|adresat)\\w*[^.]{0,50}(?:zablokowan|zawieszon|nieaktywn|wylaczon|dezaktywowan|zamkniet|wygasl)'),
  },
  ru: {
    noun: any('пользовател\\S*', 'получател\\S*', 'адресат\\S*', 'адрес\\S*', '(?:почтов\\S+ )?ящик\\S*', 'абонент\\S*', 'учетн\\S+ запис\\S+', 'аккаунт\\S*'),
    after: any('(?:с таким именем |получателя |электроннои почты |почты |на этом сервере |больше |указан |в системе )*(?:не (?:существу\\S+|наиден\\S*|известен|зарегистрирован\\S*|обнаружен\\S*|определен)|неизвест\\S+|недействител\\S+|неверн\\S+|некоррект\\S+|несуществующ\\S+|отсутству\\S+|удален\\S*|неправильн\\S+)', 'не существует'),
    before: any('нет так\\S+ ', 'так\\S+ ', 'неизвестн\\S+ ', 'неверн\\S+ ', 'несуществующ\\S+ ', 'недопустим\\S+ ', 'не наиден\\S* ', 'не существует (?:так\\S+ )?', 'некорректн\\S+ ', 'неправильн\\S+ '),
    full: any('ящик\\S*[^.]{0,50}(?:переполн|заполн|полон)', '(?:квот|лимит|места|объем)\\S*[^.]{0,50}(?:превыш|исчерпан|закончил|недостаточно)', '(?:превышен|исчерпан|недостаточно)\\S*[^.]{0,40}(?:квот|места|объем|размер\\S* (?:почтового )?ящика)'),
    disabled: any('(?:пользовател|получател|адрес|ящик|абонент|запис|аккаунт)\\S*[^.]{0,50}(?:заблокирован|отключ|приостановлен|неактив|закрыт|деактивирован|выключен)'),
  },
  nl: {
    noun: any('gebruiker', 'ontvanger', '(?:e-?mail-?)?adres', 'geadresseerde', 'postbus', 'postvak', 'mailbox', '(?:e-?mail-?)?account'),
    after: any('(?:is |niet |van de ontvanger |hier )*(?:onbekend|bestaat niet|ongeldig|niet (?:gevonden|bekend|geldig|aanwezig|bestaand)|verwijderd|onjuist)', 'bestaat (?:hier |bij ons )?niet', 'kan niet worden gevonden', 'kon niet (?:worden )?gevonden'),
    before: any('onbekende? ', 'ongeldige? ', 'geen (?:geldige? |dergelijke? |zulke? )?(?:bekende )?', 'onjuiste? ', 'niet[- ]bestaande? '),
    full: any('(?:postvak|postbus|mailbox|account)[^.]{0,40}(?:\\bvol\\b|overschreden|overvol)', 'quot(?:a|um)[^.]{0,40}(?:overschreden|bereikt|vol)', 'onvoldoende (?:schijf)?ruimte'),
    disabled: any('(?:gebruiker|ontvanger|adres|postbus|postvak|mailbox|account)[^.]{0,40}(?:geblokkeerd|uitgeschakeld|gedeactiveerd|inactief|niet actief|afgesloten|opgeheven|opgeschort|verlopen)'),
  },
  cs: {
    noun: any('uzivatel\\w*', 'prijemc\\w*', 'adres[ay]t?\\w*(?: prijemce)?', 'schrank\\w*', 'mailbox', '(?:e-?mailov\\w+ )?(?:ucet|konto)', 'prijimate\\w*', 'pouzivate\\w*'),
    after: any('(?:je |neni |byl\\w* |tu |zde )*(?:neznam\\w+|nezname|neplatn\\w+|neexistuj\\w*|nenalezen\\w*|nespravn\\w+|smazan\\w*|chybn\\w+|zrusen\\w*|znam\\w*)', 'neexistuje', 'nebyl\\w* nalezen\\w*', 'nie je znam\\w*'),
    before: any('neznam\\w+ ', 'neplatn\\w+ ', 'neexistujic\\w+ ', 'zadn\\w+ takov\\w+ ', 'takov\\w+ ', 'nespravn\\w+ ', 'nenalezen\\w* '),
    full: any('schrank\\w*[^.]{0,50}(?:pln[aey]|zaplnen|prekrocen|preplnen)', '(?:kvot|limit)\\w*[^.]{0,40}(?:prekrocen|vycerpan|preplnen|naplnen)', 'prekrocen\\w*[^.]{0,40}(?:kvot|limit|velikost schran)', 'nedostatek mista'),
    disabled: any('(?:uzivatel|prijemc|adres|schrank|ucet|kont)\\w*[^.]{0,50}(?:zablokovan|deaktivovan|neaktivn|pozastaven|vypnut|uzavren|zakazan)'),
  },
  tr: {
    noun: any('kullanici\\S*', 'alici\\S*', '(?:e-?posta )?adres\\S*', '(?:e-?posta|posta) (?:kutusu|hesabi)\\S*', 'hesap|hesabi', 'mailbox', 'e-?posta(?: adresi)?', 'kutu\\S*'),
    after: any('(?:adresi |kutusu |hesabi |sistemde |sunucuda |boyle )*(?:bulunamadi|bulunmamaktadir|mevcut degil\\S*|gecersiz\\S*|bilinmiyor|taninmiyor|yok(?:tur)?\\b|bulunmuyor|hatali|tanimli degil|kayitli degil|silinmis\\S*|yanlis|bilinmeyen)'),
    before: any('bilinmeyen ', 'gecersiz ', 'boyle bir ', 'tanimsiz ', 'hatali ', 'var ?olmayan '),
    full: any('kutu\\S*[^.]{0,40}(?:dolu|dolmus|asil)', 'kota\\S*[^.]{0,40}(?:asil|asim|dolu|dolmus|doldu|yetersiz)', 'yetersiz (?:disk )?alan'),
    disabled: any('(?:kullanici|alici|adres|kutu|hesap|hesab)\\S*[^.]{0,40}(?:askiya alin|devre disi|kapatil|pasif|aktif degil|engellen|kilitl|dondurul)'),
  },
  sv: {
    noun: any('mottagare\\w*', 'mottaker\\w*', 'modtager\\w*', 'anvandare\\w*', 'bruker\\w*', 'e-?post-?adress\\w*', 'adressen?', 'kontoen|kontot?', 'vastaanottaj\\w*', 'kayttaj\\w*', 'brevlada\\w*', 'postkasse\\w*'),
    after: any('(?:ar |er |on |ikke |inte |a )*(?:okand|ukendt|ukjent|ogiltig|ugyldig|finns (?:inte|ej)|finnes ikke|findes ikke|eksisterer ikke|existerar inte|tuntematon|ei loydy|saknas)'),
    before: any('okand ', 'ukendt ', 'ukjent ', 'ogiltig ', 'ugyldig ', 'tuntematon ', 'ingen (?:sadan )?'),
    full: any('(?:brevlada|postkasse|mailbox|postboks|inkorg)\\w*[^.]{0,40}(?:full|fuld|fylt|fuldt)'),
    disabled: any('(?:konto|mottagare|modtager|mottaker|bruker|anvandare)\\w*[^.]{0,40}(?:sparra|sperret|spaerret|inaktiv|deaktiver|avstangd)'),
  },
  hu: {
    noun: any('felhasznalo\\S*', 'cimzett\\S*', '(?:e-?mail ?)?cim\\S*', 'postafiok\\S*', 'utilizator\\w*', 'destinatar\\w*', 'adresa', 'korisnik\\w*', 'primalac\\w*', 'primatelj\\w*', 'uporabnik\\w*', 'prejemnik\\w*'),
    after: any('(?:nem (?:letezik|talalhato|ismert|letezo)|ismeretlen|ervenytelen|nu exista|inexistent\\w*|necunoscut\\w*|invalid\\w*|ne postoji|nepoznat\\w*|neznan\\w*|ne obstaja|nije pronaden\\w*)'),
    before: any('ismeretlen ', 'nincs ilyen ', 'ervenytelen ', 'nu exista (?:acest )?', 'nepoznat\\w* ', 'neznan\\w* ', 'ne postoji '),
    full: any('postafiok\\S*[^.]{0,40}(?:megtelt|tele)', 'casut\\w*[^.]{0,40}plina', 'kvota[^.]{0,30}(?:tullep|prekora|depas)'),
    disabled: any('(?:felhasznalo|postafiok|cimzett|korisnik|utilizator|cont)\\S*[^.]{0,40}(?:letilt|felfuggeszt|dezactivat|suspendat|blokiran|deaktiviran)'),
  },
  zh: {
    noun: any('用户', '用戶', '收件人', '收信人', '邮箱', '郵箱', '信箱', '邮件地址', '電子郵件', '电子邮件', '地址', '帐号', '帳號', '账号', '账户', '帐户', '帳戶', '使用者', '接收者', '邮件帐户'),
    after: any('[^,.;，。；]{0,8}(?:不存在|未找到|找不到|无效|無效|不正确|不正確|错误|錯誤|没有找到|不可用|未注册|未註冊|不合法|已删除|已刪除|已注销|不能识别|未知|查无|没找到)'),
    before: any('(?:没有|沒有|无|無|查无|查無|找不到|不存在|未知|无效|無效|不存在的|无此|無此|没有此|沒有此|没有这个|沒有這個|未找到|非法|错误的|未知的|无效的|無效的|此|该|該)'),
    full: any('(?:邮箱|郵箱|信箱|收件箱|空间|空間|容量|配额|配額|用户|用戶)[^,.;，。；]{0,12}(?:已满|已滿|满了|滿了|超过|超過|超出|不足|超限|超额|用完|爆满|过大)', '(?:超过|超過|超出)[^,.;，。；]{0,12}(?:容量|配额|配額|空间|空間|限额)', '邮箱满|信箱滿|郵箱滿'),
    disabled: any('(?:用户|用戶|邮箱|郵箱|信箱|帐号|帳號|账号|账户|帐户|使用者|收件人)[^,.;，。；]{0,12}(?:停用|禁用|冻结|凍結|锁定|鎖定|封停|关闭|關閉|未激活|被封|过期|暂停|禁止收信|限制收信|已停止|休眠)'),
  },
  ja: {
    noun: any('ユーザー?', '宛先', '受信者', 'メールアドレス', 'アドレス', 'メールボックス', 'アカウント', 'あて先', '利用者', '送信先', '名宛人'),
    after: any('[^。、]{0,16}(?:存在しません|存在しない|見つかりません|見つからない|不明|無効|ありません|間違|誤り|誤って|未登録|登録されていません|不正|正しくありません|該当なし|存在しておりません|存在致しません|ございません|分かりません)'),
    before: any('(?:不明な|存在しない|無効な|未知の|誤った|該当する|そのような|該当の)'),
    full: any('(?:メールボックス|容量|受信箱|ディスク|保存|クォータ|クオータ|受信ボックス)[^。、]{0,20}(?:超|不足|一杯|いっぱい|満杯|フル|オーバー|達し|足り)'),
    disabled: any('(?:ユーザー?|アカウント|アドレス|メールボックス|受信者)[^。、]{0,20}(?:停止|無効化|無効に|ロック|凍結|解約|使用できません|利用できません|休止|閉鎖|期限切れ)'),
  },
  ko: {
    noun: any('사용자', '수신자', '메일 ?주소', '주소', '계정', '메일함', '편지함', '회원', '받는 ?사람', '아이디', '메일박스'),
    after: any('[^.]{0,16}(?:존재하지|없습니다|없음|없는|찾을 수 없|잘못|유효하지|알 수 없|등록되지|탈퇴)'),
    before: any('(?:존재하지 않는|알 수 없는|없는|잘못된|유효하지 않은|등록되지 않은|탈퇴한) ?'),
    full: any('(?:메일함|용량|편지함|메일박스|사서함)[^.]{0,16}(?:초과|가득|부족|꽉)'),
    disabled: any('(?:사용자|수신자|계정|메일함|회원|아이디)[^.]{0,16}(?:휴면|정지|비활성|중지|차단|잠긴|잠겨|만료)'),
  },
} as const satisfies Record<string, LanguageWords>; // prettier-ignore

// ---------------------------------------------------------------- senders and clients
export const SENDER = any(
  "(?:mail|envelope|e-?mail|your|the|this|that|return|smtp|unverified|unknown|invalid|bad)? ?sender(?:'s|s)?\\b(?: (?:address|domain|e-?mail|mail|account|host(?:name)?|verification|mx|ip|identity|name))*", 'return[- ]path', 'reverse[- ]?path', 'mail[- ]?from\\b(?! (?:%i|your (?:ip|network|host|server|isp|provider)|this (?:ip|host|server|network)|(?:ip|host|server)\\b))(?: (?:address|domain|command))*', '(?:envelope|rfc[. ]?\\d{4}\\.?|header|your)[- ]from(?: (?:address|domain))*', 'from:? ?(?:address|domain|header|field|line)', 'originator(?: address)?', 'originating (?:address|domain)', 'sending (?:address|domain|e-?mail|user|account|host(?:name)?)', 'source (?:address|domain)', 'your (?:e-?mail )?(?:address|domain|account|mailbox)', 'from user', 'bounce address', 'null (?:sender|reverse)', 'remitente', 'absender(?:adresse|domain)?', 'expediteur', 'emetteur', 'mittente', 'remetente', 'nadawc\\w*', 'отправител\\S*', 'afzender', 'odesilatel\\w*', 'odosielatel\\w*', 'gonderen\\S*', 'gonderici\\S*', '发件人', '寄件人', '寄件者', '发送者', '发信人', '送信者', '差出人', '송신자', '발신자',
); // prettier-ignore

export const REFUSED = any(
  'reject\\w*', 'denied', 'deny', 'refus\\w*', 'not (?:be )?(?:allowed|accepted|permitted|authori[sz]ed|valid|verified|found|exist\\w*|known|local|in my|on (?:the |our )?(?:white|allow)|acceptable|trusted|recogni[sz]ed|listed|match\\w*|enough|confirmed|registered|routable|welcome|a valid|resolv\\w*|qualified|own|deliverable|a member|in (?:our|the)|have|have an?|support\\w*|unique|legal|configured)', 'un-?(?:known|verif\\w*|routable|routeable|resolv\\w*|authori[sz]ed|trusted|acceptable|authenticated|deliverable|registered|confirmed|wanted|configured|qualified|reachable)', 'in-?valid', 'illegal', 'fail\\w*', 'forbidden', 'bann?ed', 'disallow\\w*', 'blocked', 'block ?list\\w*', 'prohibit\\w*', 'must', 'need(?:s|ed)?\\b', 'required', 'missing', 'empty', 'spoof\\w*', 'forge\\w*', 'fake\\w*', 'mismatch\\w*', "(?:does|do|did|is|are|was|could|can|has|will|would|wo|ca)(?: ?n[o']?t|nt|not| not) ", 'cannot', "can't", 'non-?exist\\w*', 'no (?:valid|mx|a/mx|dns|such|a record|record|mail)', 'bad\\b', 'wrong', 'incorrect', 'syntax', 'malformed', 'pre-?approved', 'suspend\\w*', 'disabled', 'loop', 'incomplete', 'unsolicited', 'used up', 'not ?exist', 'reserved', 'bogus', 'denied', 'restricted', 'only', 'does not', 'doesnt', 'ns or mx server',
); // prettier-ignore

/** DNS block lists and reputation services by name: a refusal that names one is about the client. */
export const BLOCK_LISTS = any(
  'spamhaus', 'spamcop', 'sorbs\\b', 'barracuda ?central', 'barracudacentral', 'uceprotect', 'abuseat', 'abusix', 'spamrats', 'psbl', 'njabl', 'mailspike', 'hostkarma', 'junkemailfilter', 'invaluement', 'manitu', 'nixspam', 'spfbl', 'backscatterer', 'senderbase', 'senderscore', 'talosintelligence', 'trustedsource', 'cloudmark', 'dsbl\\.', 'ordb\\.', 'ahbl\\.', 'surriel', 'fabel\\.dk', 'spamsources', 'gbudb', 'lashback', 'imp\\.ch', 'black ?-?listed', 'dronebl', 'spameatingmonkey', 'anonmails', 'wpbl', 'spamcannibal', 'rfc-?ignorant', 'rfc-?clueless', 'interserver', 'tiopan', 'swinog', 'nerd\\.dk', 'kundenserver.de/de/faq', 'anti-?spam\\.org\\.cn', 'mail-abuse\\.(?:org|com)', 'maps-?rbl', 'truncate\\.', 'blocklist\\.de', 'bl\\.shtml', 'ipcheck\\.', 'dnsbl', '\\brbls?\\b', '\\brblsmtpd', 'ip-?reputation', 'sbl\\b', '\\bxbl\\b', '\\bpbl\\b', 'block ?lists?\\b', 'black ?list\\w*', 'black-list\\w*', 'block-list\\w*', 'blacklisted', 'black ?hole list', 'csi\\.cloudmark', 'sophos\\.com/(?:security|.*ip)', 'postmaster\\.free', 'bondedsender', 'liste noire', 'lista ne(?:gra|ra)', 'schwarze\\w* liste', 'черн\\S+ спис\\S+', 'czarn\\w+ lis\\w+', 'kara liste', 'cerna listina', '黑名单', '黑名單', 'ブラックリスト', '블랙리스트', 'zwarte lijst',
); // prettier-ignore

export const CLIENT = any(
  'client(?: host| ip| address)?', 'your access', 'your (?:ip|mail ?server|server|host|isp|network|mta|connection|system|provider|mail host|mx|hostname|machine|computer|range|asn?|country|domain|organi[sz]ation|reputation|site|ips|subnet|gateway|location|region)(?: address(?:es)?| \\(?%i\\)?)?', 'ip(?:v[46])?(?:[- ]?address(?:es)?|s)?(?: range)?', 'sending (?:ip|mta|server|host|mail ?server|system)', 'source ip', 'host network', 'bad ip', 'ip profile', 'remote (?:host|server|ip)', 'connecting (?:ip|host|server|mta)', 'sender ip', 'mail ?server \\[?%i', 'host(?:name)? \\[?%i', '%i', 'connections?', 'the ip', 'ip:', 'ip=',
); // prettier-ignore

export const BLOCKED = any(
  'block(?:ed|ing)?\\b', 'bann?ed', 'reject\\w*', 'refus\\w*', 'denied', 'listed', 'not (?:be )?(?:accept\\w*|allowed|permitted|authori[sz]ed|welcome|trusted|on (?:the|our) (?:white|allow))', 'forbidden', 'disallowed', 'prohibited', 'un(?:authori[sz]ed|trusted|welcome)', 'filtered', '(?:poor|bad|low|none/bad|negative) (?:\\w+ )?reputation', 'reputation', 'suspicious', 'firewalled', 'blackholed', 'restricted', 'suspend\\w*', 'spam\\w*', 'abus\\w*', 'dynamic', 'residential', 'dial-?up', 'compromised', 'infected', 'quarantined', 'dropped', 'local (?:policy|blacklist)', 'unacceptable', 'open (?:relay|proxy)', 'botnet', 'exploit\\w*', 'gesperrt', 'blockiert', 'bloque\\w*', 'bloccat\\w*', 'bloquead\\w*', 'zablokowan\\w*', 'заблокирован\\S*', 'geblokkeerd', 'engellen\\S*', 'zablokovan\\w*', 'abgelehnt', 'rechazad\\w*', 'rejeitad\\w*', 'rifiutat\\w*', 'odrzucon\\w*', 'отклонен\\S*', 'geweigerd', 'reddedil\\S*', 'odmitnut\\w*',
); // prettier-ignore

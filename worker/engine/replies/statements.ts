// Extracts statements from a reply: what is said about whom. A predicate applies to the subject right after it ("unknown user"), or else to
// the one last named in its sentence ("the user is unknown"); if there is neither, the subject was left out. Before RCPT we have named only
// ourselves, so at MAIL a user or mailbox is the sender's, and before MAIL it is nobody's.
import { marksOf, type Mark } from './marks';
import type { ClassifierStage } from './rule';
import { COURTESIES, type Predicate, type Subject } from './words.data';

export interface Statement {
  readonly subject: Subject | null;
  readonly predicate: Predicate;
  /** 1, or less if the subject only comes further on. */
  readonly weight: number;
}

export interface Said {
  readonly statements: readonly Statement[];
  /** The text that was read, without the phrases that frame and follow any refusal. */
  readonly text: string;
  /** Whom the frame was about. */
  readonly topic: Subject | null;
  /** Everything that was named, whether or not anything is said about it. */
  readonly subjects: ReadonlySet<Subject>;
  readonly predicates: ReadonlySet<Predicate>;
}

const REFUSALS: ReadonlySet<Predicate> = new Set<Predicate>(['refused', 'blocked', 'forbidden', 'disabled']);

/** Subjects that may refuse on the recipient's side, but could also be what is refused. */
const THEIRS: ReadonlySet<Subject> = new Set<Subject>(['recipient', 'domain', 'system']);

type SubjectMark = Extract<Mark, { kind: 'subject' }>;
const isSubject = (mark: Mark | undefined): mark is SubjectMark => mark?.kind === 'subject';

/** "isn't", "dont": all spelled as "is not", "do not". */
const NOT = /\b(is|are|was|were|do|does|did|has|have|had|could|would|should)(?:n['o]?t|'nt)\b/g;
const ARE = /\b(you|we|they)'re\b/g;
const CANNOT = /\bcan(?:'?t| not)\b/g;
/** "Sender address rejected: …": the reason follows, and the frame has already said whom it is about. */
const FRAME =
  /(?:(?:<[^>]{0,80}>|['"([]?%[aih]['")\]]?)(?::|\.{3})? ?)?\b(recipient|addressee|rcpt|sender|originator|client|helo|ehlo|data|unverified)(?: address| host| command)? (?:command )?(?:rejected|denied|refused|declined|not accepted)(?:: | - | \()(?=.*[a-z])/g;
const FRAME_WORD = /rejected|denied|refused|declined|not accepted/;
/** "Message rejected: …", "Delivery failed: …": we know that it was refused; the reason follows. */
const ANNOUNCEMENT =
  /^(?:(?:message|mail|e-?mail|delivery|smtp|transaction) )?(?:(reject(?:ed|ing)|refus(?:ed|ing)|denied|(?:sorry[!,.]? )?we (?:reject|refuse)\b[^.;:]{0,60}?)|failed|failure|error|(?:is )?(?:not possible|impossible|unsuccessful))(?: (?:due to|by|for) (?:\w+ ){0,2}polic(?:y|ies))?(?:: | - |,? because (?!of ))(?=.*[a-z])/;
/** The name that a frame is about, which comes before the frame. */
const FRAMED_NAME = /^(?:<[^>]{0,80}>|['"([]?%[aih]['")\]]?):? ?/;
const TOPIC =
  /^(?:(?:spf|dkim|dmarc)\b ?[:-]|(?:(?:helo|ehlo)\b(?! (?:was |is |has been )?(?:already|given|issued|sent twice|first\b|not (?:implemented|supported|recogni[sz]ed)))|(?:ptr|rdns|reverse)\b))/;
const FRAMED: ReadonlyMap<string, Subject> = new Map<string, Subject>([
  ['sender', 'sender'],
  ['originator', 'sender'],
  ['client', 'client'],
  ['helo', 'identity'],
  ['ehlo', 'identity'],
]);
/** A server reports its check of the sender in words about mailboxes: "sender verify failed: no such user". */
const CALLOUT =
  /\bsender\b[^.;]{0,20} does not accept|\b(?:sender|return (?:address|path))\b[^.;]{0,30}(?:verif|call-?(?:back|out))|postmaster (?:verif|call-?(?:back|out))|(?<!recipient )\bcall-?back|(?:call-?(?:back|out)|verif\w*) (?:(?:to|of|for|the) )*sender/;
const CALLOUT_WORD = /verif|call-?(?:back|out)|does not accept/;
/** An opening without meaning: "Error:", the brand of the filter, the name of the replying host (unless something is said about it). */
const OPENING =
  /^(?:%h:? (?!(?:is|are|was|does|do|has|had|not|no (?:longer|mx|mail)|unknown(?! \w)|can|cannot|could|will|must|should|mis-?match\w*|publishes|ist|est|n.est|es|e|esta|nao|non|nie|не)\b))?(?:(?:error:|spfbl) ?)?/;
const SENTENCE_END = /[.;!?|。-]/g;
/** What may come between an adjective and its noun. */
const BETWEEN = /^[\s"'<(:-]{0,3}(?:(?:the|this|that|an?|your) )?$/;
/** "rejected due to DMARC": the cause says more than what was rejected. */
const CAUSE = /\b(?:due to|because(?: of)?|owing to|based on|using|for failing)\b/;
const BEHIND_CAUSE = /\b(?:due to|because(?: of)?|owing to)\b/;
/** "blocked by the recipient", "por las reglas del destinatario": the one who refuses is not the one who is refused. */
const AGENT = /^ (?:by|por|par|durch|vom|von|dal|dalla|pel[oa]|door|przez) (?:(?:\w{1,4} )(?:\w+ d\w{0,3} )?)?$/;
/** "Sender address", "adres nadawcy", "dominio del remitente": the owner counts, not the thing. */
const OF = /^ (?:d(?:e|o|a|el|es|er|ella|e l'|ell')? ?|von |van (?:de )?|(?:of|for|behind) (?:the |your )?)?$/;
const OF_MAILBOX: ReadonlySet<Subject> = new Set<Subject>(['recipient', 'domain']);
const OF_OURS: ReadonlySet<Subject> = new Set<Subject>(['sender', 'login']);
/** "The user on this server": a place, not another subject. */
const PLACE =
  /^,? (?:on|in|at|of|from|within|auf|bei|sur|dans|en|em|no|na|su|sul|nel|op|pa|w|в|на) (?:(?:this|the|our|that|diesem|unserem|ce|notre|este|nuestro|nosso|questo|nostro|deze|tym|этом|нашем) )?$/;
/** Nouns that a name before them does not belong to. */
const NO_NOUN: ReadonlySet<Subject> = new Set<Subject>(['list', 'content', 'reputation', 'space', 'wish']);
const NAME = /^<?%[aih]>?$/;
/** Between a name and its noun: "%h mail server", "%h's policy". */
const OWNED = /^(?: |'s )?$/;
/** "'s server" is about the server, whoever it serves; "'s service" is about the customer. */
const THEIR_SERVER = /'s .*(?:server|host|system|machine)$/;
/** "The server of this mailbox" is a machine. */
const A_SERVER = /(?:server|host|store|system|machine|backend)$/;
const WHOSE = /^ (?:of|for|behind) (?:the |this |that |your )?$/;
/** An address that we are told to write to is not part of the dialogue. */
const CONTACT = /\b(?:contact|notify|write to|reports? to|forward (?:this|it)(?: \w+){0,2} to|please (?:e-?)?mail) <?%a>?/g;
const COURTESY = new RegExp(COURTESIES.map((said) => `\\b${said}`).join('|'), 'g');
/** Words in the path of a link say nothing, except the name of a list. */
const LINK = /(https?:\/\/[^\s/?]{1,200})(\/[^\s?#]*)/g;
/** What several of them exceed is a number, and no mailbox's room. */
const SEVERAL = /(?:recipients|rcpts|addressees|addresses|users)$/;
const BESIDE_CHARS = 3;
const FURTHER_ON = 0.85;
const ANNOUNCED = 0.4;
/** "… [MX1.example.net 2026-01-01]": the host signs its reply. */
const SIGNATURE = / ?[[(]%h(?: [^\])]*)?[\])]\.?$/;

interface Framed {
  readonly text: string;
  readonly topic: Subject | null;
  readonly isAnnounced: boolean;
}

function topicOf(text: string): Subject | null {
  if (TOPIC.test(text)) return 'identity';
  return CALLOUT_WORD.test(text) && CALLOUT.test(text) ? 'sender' : null;
}

const spelledOut = (text: string): string => text.replace(ARE, '$1 are').replace(NOT, '$1 not').replace(CANNOT, 'cannot');

function withoutFrame(read: string): Framed {
  const whole = spelledOut(read);
  const said = whole.includes('http')
    ? whole.replace(LINK, (link, host: string) => (link.includes('list') ? link : host))
    : whole;
  const addressed = said.includes('%a') ? said.replace(CONTACT, ' ') : said;
  const named = addressed
    .replace(COURTESY, ' ')
    .trim()
    .replaceAll('host.example', '%h')
    .replace(SIGNATURE, '')
    .replace(OPENING, '');
  const frames = FRAME_WORD.test(named) ? [...named.matchAll(FRAME)] : [];
  const owners = frames.flatMap(([, who = '']) => FRAMED.get(who) ?? []);
  const framed = frames.length === 0 ? named : named.replace(FRAME, '').replace(FRAMED_NAME, '').replace(OPENING, '');
  const announced = ANNOUNCEMENT.exec(framed);
  const text = announced === null ? framed : framed.slice(announced[0].length);
  return { text, topic: owners[0] ?? topicOf(text), isAnnounced: announced?.[1] !== undefined };
}

/** Merges two adjacent nouns that mean one subject: "user <%a>", "sender address", "%h mail server"; null if they are two subjects. */
function oneOf(text: string, first: SubjectMark, second: SubjectMark): SubjectMark | null {
  const between = text.slice(first.end, second.at);
  const isName = ({ at, end }: Mark): boolean => NAME.test(text.slice(at, end));
  if (OF_MAILBOX.has(first.word) && second.word === 'sender' && OF.test(between)) return { ...second, at: first.at };
  if (OF_MAILBOX.has(first.word) && second.word === 'system' && PLACE.test(between)) return { ...first, end: second.end };
  if (second.word === 'recipient' && A_SERVER.test(text.slice(first.at, first.end)) && WHOSE.test(between))
    return { ...first, end: second.end };
  if (between.length > BESIDE_CHARS) return null;
  const isOwned = between === "'s " && first.word === 'client';
  const isOurs = (isOwned || (between.length <= 1 && OF_OURS.has(first.word))) && OF_MAILBOX.has(second.word);
  const isService = second.word === 'system' && (first.word === 'list' || text.slice(first.at, first.end).endsWith("'s"));
  if (second.word === 'system' && THEIR_SERVER.test(text.slice(first.at, second.end))) return { ...second, at: first.at };
  const isOurQuota = second.word === 'space' && (first.word === 'client' || first.word === 'sender');
  if (isName(second) || isOurs || isService || isOurQuota) return { ...first, end: second.end };
  return isName(first) && OWNED.test(between) && !NO_NOUN.has(second.word) ? { ...second, at: first.at } : null;
}

function withoutAppositions(text: string, marks: readonly Mark[]): Mark[] {
  const kept: Mark[] = [];
  for (const mark of marks) {
    const last = kept.at(-1);
    const one = isSubject(last) && isSubject(mark) ? oneOf(text, last, mark) : null;
    if (one === null) kept.push(mark);
    else kept[kept.length - 1] = one;
  }
  return kept;
}

/** Whether a stop ends a sentence: it comes before a space or the end, and a dash between two spaces. */
function isEnd(text: string, at: number): boolean {
  const isOpen = at + 1 === text.length || text[at + 1] === ' ';
  return text[at] === '-' ? isOpen && text[at - 1] === ' ' : isOpen || text[at] === '。';
}

/** The marks, grouped by sentence. */
function sentencesOf(text: string): Mark[][] {
  const ends: number[] = [];
  SENTENCE_END.lastIndex = 0;
  while (SENTENCE_END.test(text)) if (isEnd(text, SENTENCE_END.lastIndex - 1)) ends.push(SENTENCE_END.lastIndex - 1);
  const sentences: Mark[][] = [...ends, text.length].map(() => []);
  for (const mark of withoutAppositions(text, marksOf(text))) {
    const at = ends.findIndex((end) => end > mark.at);
    sentences[at === -1 ? ends.length : at]?.push(mark);
  }
  return sentences;
}

/** "temporary error looking up the sender": a word of time applies to the same subject as the next predicate. */
function subjectAfter(marks: readonly Mark[], at: number, predicate: Predicate): SubjectMark | undefined {
  const rest = marks.slice(at + 1);
  return predicate === 'temporary' ? rest.find(isSubject) : [rest[0]].find(isSubject);
}

/** What is said about the subject after the predicate. */
function saidOfNext(between: string, { word }: SubjectMark, predicate: Predicate, isAlone: boolean): Statement | null {
  const isAgent = AGENT.test(between) && REFUSALS.has(predicate);
  if (isAgent && THEIRS.has(word))
    return word === 'recipient' && predicate !== 'disabled' ? { subject: 'wish', predicate, weight: 1 } : null;
  const isNear = isAlone || isAgent || BETWEEN.test(between) || CAUSE.test(between) || predicate === 'temporary';
  return { subject: word, predicate, weight: isNear ? 1 : FURTHER_ON };
}

function statementsOf(text: string, marks: readonly Mark[]): Statement[] {
  return marks.flatMap((mark, at): Statement[] => {
    if (mark.kind === 'subject') return [];
    const named = marks.slice(0, at).findLast(isSubject);
    const isNumber = mark.word === 'exceeded' && named?.word === 'recipient' && SEVERAL.test(text.slice(named.at, named.end));
    const predicate = isNumber ? 'tooMany' : mark.word;
    const next = subjectAfter(marks, at, predicate);
    const between = next === undefined ? '' : text.slice(mark.end, next.at);
    // "Recipient refused because of a bad host": words after a cause do not apply to what was named before it.
    const isOther =
      named !== undefined && next !== undefined && BETWEEN.test(between) && BEHIND_CAUSE.test(text.slice(named.end, mark.at));
    const before = isOther ? undefined : named;
    const after = next === undefined ? null : saidOfNext(between, next, predicate, before === undefined);
    const weight = CAUSE.test(between) ? FURTHER_ON : 1;
    const found = [
      ...(before === undefined ? [] : [{ subject: before.word, predicate, weight }]),
      ...(after === null ? [] : [after]),
    ];
    return found.length === 0 ? [{ subject: null, predicate, weight: 1 }] : found;
  });
}

/** Whom a subject means at this stage and under this topic; undefined if nobody. */
function ownerOf(subject: Subject | null, stage: ClassifierStage, topic: Subject | null): Subject | null | undefined {
  const atRcpt = stage === 'rcpt' || stage === 'unknown';
  if ((topic === 'identity' || topic === 'sender') && subject === 'client') return topic;
  if (topic !== null && (subject === 'recipient' || subject === 'domain' || subject === null)) return topic;
  if (atRcpt || subject === null) return subject;
  if (subject === 'login') return 'sender';
  if (subject === 'domain' && stage === 'helo') return 'identity';
  if (subject === 'recipient' || subject === 'domain') return stage === 'mail' ? 'sender' : undefined;
  return subject;
}

/** Beside a client, spam is the client's reputation: before DATA no message has been seen. */
export function readStatements(whole: string, stage: ClassifierStage): Said {
  const { text, topic, isAnnounced } = withoutFrame(whole);
  const sentences = sentencesOf(text);
  const marks = sentences.flat();
  const named = new Set(marks.flatMap((mark) => (mark.kind === 'subject' ? [mark.word] : [])));
  const isKnownForIt = named.has('client') && named.delete('content');
  if (isKnownForIt) named.add('reputation');
  // At MAIL, the form of an address is about our own address.
  if (stage === 'mail' && named.delete('form')) named.add('sender').add('identity');
  const statements = sentences
    .flatMap((sentence) => statementsOf(text, sentence))
    .flatMap((statement): Statement[] => {
      const subject = isKnownForIt && statement.subject === 'content' ? 'reputation' : ownerOf(statement.subject, stage, topic);
      return subject === undefined ? [] : [{ ...statement, subject }];
    });
  const framed: Statement[] = topic === null ? [] : [{ subject: topic, predicate: 'refused', weight: FURTHER_ON }];
  if (isAnnounced) framed.push({ subject: 'message', predicate: 'refused', weight: ANNOUNCED });
  return {
    statements: [...statements, ...framed],
    text,
    topic,
    subjects: named,
    predicates: new Set(marks.flatMap((mark) => (mark.kind === 'predicate' ? [mark.word] : []))),
  };
}

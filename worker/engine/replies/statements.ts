// Makes statements of a reply's words: what is said of whom. A predicate speaks of the subject it stands before ("unknown
// user") or else of the one last named in its sentence ("the user is unknown"); where none is, the subject was left out.
// Before RCPT nobody was named but us: there a user or a mailbox is the sender's at MAIL, and nobody's earlier.
import { marksOf, type Mark } from './marks';
import type { ClassifierStage } from './rule';
import type { Predicate, Subject } from './words.data';

export interface Statement {
  readonly subject: Subject | null;
  readonly predicate: Predicate;
  /** 1, or less where the subject stands only further on. */
  readonly weight: number;
}

export interface Said {
  readonly statements: readonly Statement[];
  /** All that was named, whether or not anything is said of it. */
  readonly subjects: ReadonlySet<Subject>;
  readonly predicates: ReadonlySet<Predicate>;
}

type SubjectMark = Extract<Mark, { kind: 'subject' }>;

/** "Sender address rejected: …": what follows is the reason, and of whom it speaks was told before. */
const FRAME =
  /\b(recipient|sender|client|helo|ehlo|data|unverified)(?: address| host| command)? (?:command )?(?:rejected|denied|refused)(?:: | - )(?=.*[a-z])/g;
const FRAME_WORD = /rejected|denied|refused/;
/** Of whom a frame speaks is named before it. */
const FRAMED_NAME = /^(?:<[^>]{0,80}>|%[aih]):? ?/;
const TOPIC = /^(?:(?:spf|dkim|dmarc)\b ?[:-]|(?:helo|ehlo|ptr|rdns|reverse)\b)/;
const FRAMED: ReadonlyMap<string, Subject> = new Map<string, Subject>([
  ['sender', 'sender'],
  ['client', 'client'],
  ['helo', 'identity'],
  ['ehlo', 'identity'],
]);
/** What stands first and says nothing: "Error:", a name, the brand of the filter. */
const OPENING = /^(?:%h )?(?:error:|spfbl) ?/;
const SENTENCE_END = /[.;!?|](?=\s|$)|。| - /g;
/** What may stand between an adjective and its noun. */
const BETWEEN = /^[\s"'<(:-]{0,3}(?:(?:the|this|that|an?|your) )?$/;
const NAME = /^<?%[aih]>?$/;
const FURTHER_ON = 0.85;

interface Framed {
  readonly text: string;
  readonly topic: Subject | null;
}

function withoutFrame(whole: string): Framed {
  const named = whole.replaceAll('host.example', '%h').replace(OPENING, '');
  const frames = FRAME_WORD.test(named) ? [...named.matchAll(FRAME)] : [];
  const owners = frames.flatMap(([, who = '']) => FRAMED.get(who) ?? []);
  const text = frames.length === 0 ? named : named.replace(FRAME, '').replace(FRAMED_NAME, '').replace(OPENING, '');
  return { text, topic: owners[0] ?? (TOPIC.test(text) ? 'identity' : null) };
}

/** "User <%a>", "host %h [%i]": a name beside its noun is the same subject. */
function withoutAppositions(text: string, marks: readonly Mark[]): Mark[] {
  const kept: Mark[] = [];
  for (const mark of marks) {
    const last = kept.at(-1);
    const isName = mark.kind === 'subject' && NAME.test(text.slice(mark.at, mark.end));
    const isBeside = mark.kind === 'subject' && last?.kind === 'subject' && mark.at - last.end <= 3;
    const isOwned =
      isBeside && mark.word === 'recipient' && (last.word === 'sender' || last.word === 'login') && mark.at - last.end <= 1;
    if (isBeside && (isName || isOwned)) kept[kept.length - 1] = { ...last, end: mark.end };
    else if (isBeside && mark.at - last.end <= 1 && NAME.test(text.slice(last.at, last.end)))
      kept[kept.length - 1] = { ...mark, at: last.at };
    else kept.push(mark);
  }
  return kept;
}

/** The marks of one sentence each. */
function sentencesOf(text: string): Mark[][] {
  const ends = [...text.matchAll(SENTENCE_END)].map(({ index }) => index);
  const sentences: Mark[][] = [...ends, text.length].map(() => []);
  for (const mark of withoutAppositions(text, marksOf(text))) {
    const at = ends.findIndex((end) => end > mark.at);
    sentences[at === -1 ? ends.length : at]?.push(mark);
  }
  return sentences;
}

const isSubject = (mark: Mark | undefined): mark is SubjectMark => mark?.kind === 'subject';

/** "temporary error looking up the sender": a word of time speaks of what the next predicate speaks of. */
function subjectAfter(marks: readonly Mark[], at: number, predicate: Predicate): SubjectMark | undefined {
  const rest = marks.slice(at + 1);
  return predicate === 'temporary' ? rest.find(isSubject) : [rest[0]].find(isSubject);
}

function statementsOf(text: string, marks: readonly Mark[]): Statement[] {
  return marks.flatMap((mark, at): Statement[] => {
    if (mark.kind === 'subject') return [];
    const predicate = mark.word;
    const before = marks.slice(0, at).findLast(isSubject);
    const after = subjectAfter(marks, at, predicate);
    const isBeside = after !== undefined && after === marks[at + 1] && BETWEEN.test(text.slice(mark.end, after.at));
    const found: Statement[] = before === undefined ? [] : [{ subject: before.word, predicate, weight: 1 }];
    if (after !== undefined) {
      const isFar = !isBeside && before !== undefined && predicate !== 'temporary';
      found.push({ subject: after.word, predicate, weight: isFar ? FURTHER_ON : 1 });
    }
    return found.length === 0 ? [{ subject: null, predicate, weight: 1 }] : found;
  });
}

/** Who a subject is at this stage and under this topic; undefined where it is nobody. */
function ownerOf(subject: Subject | null, stage: ClassifierStage, topic: Subject | null): Subject | null | undefined {
  const atRcpt = stage === 'rcpt' || stage === 'unknown';
  if (topic === 'identity' && subject === 'client') return topic;
  if (topic !== null && (subject === 'recipient' || subject === 'domain' || subject === null)) return topic;
  if (atRcpt || subject === null) return subject;
  if (subject === 'login') return 'sender';
  if (subject === 'domain' && stage === 'helo') return 'identity';
  if (subject === 'recipient' || subject === 'domain') return stage === 'mail' ? 'sender' : undefined;
  return subject;
}

export function readStatements(whole: string, stage: ClassifierStage): Said {
  const { text, topic } = withoutFrame(whole);
  const sentences = sentencesOf(text);
  const marks = sentences.flat();
  const statements = sentences
    .flatMap((sentence) => statementsOf(text, sentence))
    .flatMap((statement): Statement[] => {
      const subject = ownerOf(statement.subject, stage, topic);
      return subject === undefined ? [] : [{ ...statement, subject }];
    });
  const framed: Statement[] = topic === null ? [] : [{ subject: topic, predicate: 'refused', weight: FURTHER_ON }];
  return {
    statements: [...statements, ...framed],
    subjects: new Set(marks.flatMap((mark) => (mark.kind === 'subject' ? [mark.word] : []))),
    predicates: new Set(marks.flatMap((mark) => (mark.kind === 'predicate' ? [mark.word] : []))),
  };
}

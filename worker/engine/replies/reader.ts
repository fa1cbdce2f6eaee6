// Reads replies that no rule settles: weighs what a reply says, about whom, and for how long. Status and code are only hints. A meaning
// about the mailbox wins only if no meaning about us is as likely. If the reply says too little, or says two things, a second reader is
// asked; if that one is not sure either, the reply stays unread.
import { REPLY_MEANINGS, type ReplyMeaning } from '@/lib/verdict/evidence';
import type { NormalizedReply } from './normalize-reply';
import { ABOUT_RECIPIENT, type Question, type SecondReader } from './second-reader';
import { readStatements, type Said, type Statement } from './statements';
import { HINTS, MENTIONS, PRIORS, STATEMENTS, type Hint, type Points } from './votes.data';
import type { Subject } from './words.data';

export interface Reading {
  readonly meaning: ReplyMeaning;
  /** What decided: `recipient.unknown`, `list`, `status`. */
  readonly said: string;
}

interface Score {
  readonly meaning: ReplyMeaning;
  readonly score: number;
  readonly said: string;
}

/** Only status and code voted. */
const NOTHING_SAID = 'status';
const LEAST_SCORE = 2.5;
/** The lead that a meaning about the recipient needs over one about us. */
const LEAST_LEAD = 0.3;
/** Two readings tie if their scores are closer than this. A meaning about the recipient needs a larger lead over one about us. */
const TIE = { any: 1, aboutUs: 2.5 };
/** The share that a second reader must reach: lowest if nothing else was said, highest if both readings have their reasons. */
const LEAST_SHARE = { nothingSaid: 0.45, any: 0.8, aboutUs: 0.55 };
/** From this score on, a text is so clear that hints for other meanings are ignored. */
const CLEAR = 8;
const SOME = 6;
/** Weights for a statement without a subject: a left-out subject is more certain in a text of few words. */
const SHORT_WORDS = 4;
const UNSAID = { short: 0.6, long: 0.35 };

/** There are many hints, and most depend on the code, so they are selected once for each refusal code, 400 to 599. */
const HINTS_OF_CODE: ReadonlyMap<number, readonly Hint[]> = new Map(
  Array.from({ length: 200 }, (_, at) => 400 + at).map((code) => [code, HINTS.filter((hint) => hint.code.test(String(code)))]),
);

class Tally {
  private readonly scores = new Map<ReplyMeaning, Score>();
  constructor(private readonly isRecipientNamed: boolean) {}

  /** If several words vote for one meaning, the highest score counts. */
  vote(points: Points, said: string, weight = 1): void {
    this.each(points, (meaning, given) => {
      const score = given * weight;
      if (score > (this.scores.get(meaning)?.score ?? -Infinity)) this.scores.set(meaning, { meaning, score, said });
    });
  }

  /** Hints are added to the score of what was said. */
  hint(points: Points, isHeard: (meaning: ReplyMeaning, given: number) => boolean): void {
    this.each(points, (meaning, given) => {
      if (!isHeard(meaning, given)) return;
      const { score, said } = this.scores.get(meaning) ?? { score: 0, said: NOTHING_SAID };
      this.scores.set(meaning, { meaning, score: score + given, said });
    });
  }

  ranked(): Score[] {
    return [...this.scores.values()].sort((a, b) => b.score - a.score);
  }

  private each(points: Points, use: (meaning: ReplyMeaning, given: number) => void): void {
    for (const meaning of REPLY_MEANINGS) {
      const given = points[meaning];
      if (given !== undefined && (this.isRecipientNamed || !ABOUT_RECIPIENT.has(meaning))) use(meaning, given);
    }
  }
}

function subjectLeftOut({ stage, code }: Question, { predicates }: Said): Subject | null {
  if (stage === 'mail') return 'sender';
  if (stage !== 'rcpt' && stage !== 'unknown') return 'client';
  // "Not now, closed": a reply that speaks of time and names nobody is not about the mailbox.
  return code < 500 || predicates.has('temporary') || predicates.has('later') ? null : 'recipient';
}

function voteOn(
  { subject, predicate, weight }: Statement,
  { tally, unsaid, share }: { tally: Tally; unsaid: Subject | null; share: number },
): void {
  const who = subject ?? unsaid;
  if (who === null) return;
  const points = STATEMENTS[who]?.[predicate];
  if (points !== undefined) tally.vote(points, `${who}.${predicate}`, subject === null ? share : weight);
}

function isGiven(hint: Hint, { question, reply, said }: { question: Question; reply: NormalizedReply; said: Said }): boolean {
  const { stages, enhanced, beside } = hint;
  if (stages?.includes(question.stage) === false) return false;
  return enhanced?.test(reply.enhanced) !== false && [beside ?? []].flat().every((predicate) => said.predicates.has(predicate));
}

function tallyOf(question: Question, reply: NormalizedReply, said: Said): Tally {
  const { stage } = question;
  const tally = new Tally(stage === 'rcpt' || stage === 'unknown');
  const share = reply.text.split(' ').length <= SHORT_WORDS ? UNSAID.short : UNSAID.long;
  const unsaid = subjectLeftOut(question, said);
  for (const statement of said.statements) voteOn(statement, { tally, unsaid, share });
  for (const word of [...said.subjects, ...said.predicates]) {
    const points = MENTIONS[word];
    if (points !== undefined) tally.vote(points, word);
  }
  const spoken = tally.ranked();
  const clear = spoken.filter(({ meaning, score }) => !ABOUT_RECIPIENT.has(meaning) && score >= CLEAR);
  const isSaid = spoken.some(({ score }) => score >= SOME);
  for (const hint of HINTS_OF_CODE.get(question.code) ?? [])
    if (isGiven(hint, { question, reply, said }) && !(hint.isWeak === true && isSaid))
      tally.hint(hint.points, (meaning, given) => given < 0 || !clear.some((score) => score.meaning !== meaning));
  return tally;
}

function priorOf({ code }: Question, { enhanced: status }: NormalizedReply): Reading | null {
  return PRIORS.find((prior) => prior.code.test(String(code)) && prior.enhanced?.test(status) !== false) ?? null;
}

/** The share that a second reader must reach; null if the first reading is settled. */
function leastShareFor(first: Score | undefined, second: Score | undefined): number | null {
  if (first === undefined || first.score < LEAST_SCORE || first.said === NOTHING_SAID) return LEAST_SHARE.nothingSaid;
  if (second === undefined) return null;
  const tie = ABOUT_RECIPIENT.has(first.meaning) && !ABOUT_RECIPIENT.has(second.meaning) ? 'aboutUs' : 'any';
  return first.score - second.score < TIE[tie] ? LEAST_SHARE[tie] : null;
}

export function readReply(question: Question, reply: NormalizedReply, readAgain: SecondReader): Reading | null {
  const said = readStatements(reply.text, question.stage);
  const [first, second] = tallyOf(question, reply, said).ranked();
  const leastShare = leastShareFor(first, second);
  const again = leastShare === null ? null : readAgain({ question, reply, said }, leastShare);
  if (again !== null) return again;
  if (first === undefined || first.score < LEAST_SCORE) return priorOf(question, reply);
  const isClose = second !== undefined && first.score - second.score < LEAST_LEAD;
  return isClose && ABOUT_RECIPIENT.has(first.meaning) && !ABOUT_RECIPIENT.has(second.meaning) ? second : first;
}

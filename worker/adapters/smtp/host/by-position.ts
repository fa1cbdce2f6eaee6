// Finds out whether replies to recipients behind others are worth anything. A reply is passed on at once if the host has shown that it
// still gives the opposite reply in such a position. The rest are kept until the group is done, and through the session's next group if
// there is one, since its replies usually prove them. Then a mailbox known for the opposite reply is asked again behind them. If it gets
// that reply, the kept ones are passed on. If not, the host judges by position, and all of them are asked again, one per session.
// Guarantees: no reply is kept beyond its recipient's time, and none beyond one more group.
import type { Exchange } from '../exchange';
import { answeredAs, isUnheard, type Answered, type Place, type ServerPositions } from '../doubt/doubt';
import type { Identities } from '../reputation/reputation';
import type { Answers, Given } from './answers';
import type { Asked } from './asked';
import type { HostTools } from './host-state';
import type { HostSession } from './try-route';

interface Setting {
  session: HostSession;
  tools: HostTools;
  identities: Identities;
  answers: Answers;
}

interface Kept {
  asked: Asked;
  given: Given;
  answer: Answered;
  place: Place;
  /** Its group is done. */
  isWaiting: boolean;
}

/**
 * `all_again`: the control was told otherwise in another session, which may have reached another host behind the same address. `anew`: the
 * session ended, or filled up with the next group, before it could be asked, or nothing was heard about it.
 */
type Verdict = 'believe' | 'doubt' | 'again' | 'all_again' | 'anew';

const OTHER: Record<Answered, Answered> = { accepted: 'refused', refused: 'accepted' };
/** Words that may be due to a position behind others. */
const PERHAPS_OF_PLACE: readonly string[] = [
  'policy_other',
  'ambiguous',
  'rate_limited',
  'temporary_failure',
  'relay_denied',
  'sender_blocked',
  'sender_rejected',
];

/** For one session. */
export class ByPosition {
  private kept: Kept[] = [];

  private readonly server: ServerPositions;

  constructor(private readonly setting: Setting) {
    this.server = setting.tools.doubt.positions.at(setting.session);
  }

  take(asked: Asked, given: Given, { place, group }: { place: Place; group: readonly Asked[] }): void {
    const { answers } = this.setting;
    const { spec, sender, wireAddress } = asked.recipient;
    const { heard } = given;
    const answer = answeredAs(heard);
    const isMailbox = spec.kind === 'mailbox';
    this.server.note(heard, place, isMailbox && !spec.needsSmtpUtf8 ? { wireAddress, sender, party: heard.party } : null);
    if (!isMailbox) answers.give(asked, given);
    else if (isPerhapsOfPlace(heard, place)) answers.give(asked, { ...given, isUnproved: true });
    else if (answer === null || (this.server.isProved(heard, place) && !isAmongDoubtful(answer, place, group)))
      answers.give(asked, given);
    else {
      asked.doubted = heard;
      this.kept.push({ asked, given, answer, place, isWaiting: false });
    }
  }

  get isKeeping(): boolean {
    return this.kept.length > 0;
  }

  /** Some replies came in: passes on those of the group before once all of them are proved. */
  look(): void {
    const waiting = this.kept.filter(({ isWaiting }) => isWaiting);
    if (waiting.every((each) => this.isProvedByNow(each))) this.pass(waiting);
  }

  /** The group is done. `isFollowed`: another one follows at once. */
  async settle(isFollowed: boolean): Promise<void> {
    for (const answer of ['accepted', 'refused'] as const) {
      const kept = this.kept.filter((each) => each.answer === answer);
      const unproved = kept.filter((each) => !this.isProvedByNow(each));
      const [first] = unproved;
      if (first !== undefined && isFollowed && this.mayWait(first)) {
        this.pass(kept.filter((each) => !unproved.includes(each)));
        for (const each of unproved) each.isWaiting = true;
        continue;
      }
      const how = first === undefined ? 'believe' : await this.askControl(first);
      const isJudged = (each: Kept): boolean => unproved.includes(each) || (how === 'all_again' && each.place.answered > 0);
      this.pass(kept, (each) => (isJudged(each) ? how : 'believe'));
    }
  }

  /** There is a control, and nothing speaks against asking it later in this session. */
  private mayWait({ asked, given, answer, isWaiting }: Kept): boolean {
    const { memory, deps } = this.setting.tools;
    const { party, durationMs } = given.heard;
    const control = this.server.controlFor(OTHER[answer]);
    if (isWaiting || control?.sender !== asked.recipient.sender) return false;
    return memory.of(party.host).sessionSize === null && durationMs < deps.timeouts.slowAfterMs;
  }

  private isProvedByNow({ given, place }: Kept): boolean {
    return this.server.isProved(given.heard, place);
  }

  /** The recipient asked last is the most likely one to have been refused only for its position. */
  private pass(those: readonly Kept[], howFor: (kept: Kept) => Verdict = () => 'believe'): void {
    if (those.length === 0) return;
    this.kept = this.kept.filter((each) => !those.includes(each));
    for (const each of those.toReversed()) this.end(each, howFor(each));
  }

  private end({ asked, given }: Kept, how: Verdict): void {
    const { answers, tools } = this.setting;
    const { heard } = given;
    asked.doubted = null;
    if (how === 'again' || how === 'all_again') {
      tools.memory.learnSessionSize(heard.party.host, 1);
      answers.askAnew(asked, heard);
    } else if (how === 'anew' && asked.recipient.tries < tools.deps.limits.triesARecipient) {
      asked.recipient = { ...asked.recipient, tries: asked.recipient.tries + 1 };
      answers.askAnew(asked, heard);
    } else answers.give(asked, how === 'believe' ? given : { ...given, isUnproved: true });
  }

  private async askControl({ asked, answer, isWaiting }: Kept): Promise<Verdict> {
    const { session, tools } = this.setting;
    const lessons = tools.memory.of(session.setting.host);
    const control = this.server.controlFor(OTHER[answer]);
    if (lessons.sessionSize === 1) return 'again';
    // If no mailbox of a domain, perhaps of the host, was accepted, there is no control: only asking each of them alone can tell.
    if (control === null) return answer === 'refused' ? 'doubt' : 'believe';
    const isToBeHad = session.isOpen && !session.isSpent(lessons) && control.sender === asked.recipient.sender;
    if (!isToBeHad) return isWaiting || !session.isOpen ? 'anew' : 'believe';
    const told = await this.put(control.wireAddress, control.sender.mailFrom);
    if (told === null || isUnheard(told.exchange)) return 'anew';
    this.server.note(told.exchange, told.place, null);
    const toldAs = answeredAs(told.exchange);
    if (toldAs !== answer) return 'believe';
    if (answer === 'refused') tools.doubt.alarm(asked.queue.key);
    if (control.party === told.exchange.party) return 'again';
    tools.doubt.suspect(told.exchange.party, false);
    return 'all_again';
  }

  private async put(to: string, mailFrom: string): Promise<{ exchange: Exchange; place: Place } | null> {
    const { session, tools, identities } = this.setting;
    const { host, identity } = session.setting;
    identities.of(identity).gate?.spend(1);
    session.stay?.spend(false, 1);
    let told = await session.ask({ mailFrom, smtpUtf8: false, recipients: [to] }, tools.memory.of(host));
    let [answer] = told.answers;
    while (told.end === null) {
      told = await session.listen();
      answer ??= told.answers[0];
    }
    return answer === undefined ? null : { exchange: answer.exchange, place: answer.before };
  }
}

/** What the recipients behind it get when they are asked alone may show that the session is worth nothing. */
function isAmongDoubtful(answer: Answered, place: Place, group: readonly Asked[]): boolean {
  if (place.answered > 0 || answer !== 'refused') return false;
  return group.filter(({ recipient }) => recipient.spec.kind === 'mailbox').length > 1;
}

/** Unclear words behind recipients that got clear replies. */
function isPerhapsOfPlace({ came, party }: Exchange, { accepted, refused }: Place): boolean {
  if (came.kind === 'failure' || party.provider !== null || accepted + refused === 0) return false;
  return PERHAPS_OF_PLACE.includes(came.meaning);
}

// Finds out whether replies to recipients behind others are worth anything. A reply is passed on at once if the host has shown that it
// still gives the opposite reply in such a position. The rest are kept until the group is done. Then a mailbox known for the opposite reply is
// asked again behind them. If it gets that reply, the kept ones are passed on. If not, the host judges by position, and all of them are
// asked again, one per session. Guarantees: no reply is kept beyond its recipient's time.
import type { Exchange } from '../exchange';
import { answeredAs, type Answered, type Place, type ServerPositions } from '../doubt/doubt';
import type { Identities } from '../reputation/reputation';
import type { Answers, Given } from './answers';
import type { Asked } from './asked';
import type { HostTools } from './host-state';
import type { HostSession } from './walk-hosts';

interface Setting {
  session: HostSession;
  group: readonly Asked[];
  tools: HostTools;
  identities: Identities;
  answers: Answers;
}

interface Kept {
  asked: Asked;
  given: Given;
  place: Place;
}

/** `all_again`: the control was told otherwise in another session, which may have reached another host behind the same address. */
type Verdict = 'believe' | 'doubt' | 'again' | 'all_again';

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

export class ByPosition {
  private readonly kept: Kept[] = [];

  private readonly server: ServerPositions;

  constructor(private readonly setting: Setting) {
    this.server = setting.tools.doubt.positions.at(setting.session);
  }

  take(asked: Asked, given: Given, place: Place): void {
    const { answers } = this.setting;
    const { spec, sender, wireAddress } = asked.recipient;
    const isMailbox = spec.kind === 'mailbox';
    this.server.note(
      given.heard,
      place,
      isMailbox && !spec.needsSmtpUtf8 ? { wireAddress, sender, party: given.heard.party } : null,
    );
    if (!isMailbox) answers.give(asked, given);
    else if (isPerhapsOfPlace(given.heard, place)) answers.give(asked, { ...given, isUnproved: true });
    else if (this.server.isProved(given.heard, place) && !this.isAmongDoubtful(given.heard, place)) answers.give(asked, given);
    else this.keep({ asked, given, place });
  }

  /** The group is done. */
  async settle(): Promise<void> {
    for (const answer of ['accepted', 'refused'] as const) {
      const kept = this.kept.filter(({ given }) => answeredAs(given.heard) === answer);
      const unproved = kept.filter((each) => !this.isProvedByNow(each));
      const [first] = unproved;
      const again = first === undefined ? 'believe' : await this.askControl(first, answer);
      // The recipient asked last is the most likely one to have been refused only for its position.
      for (const each of kept.toReversed())
        this.end(each, unproved.includes(each) || (again === 'all_again' && each.place.answered > 0) ? again : 'believe');
    }
  }

  private keep(kept: Kept): void {
    kept.asked.kept = kept.given.answer;
    this.kept.push(kept);
  }

  /** What the recipients behind it get when they are asked alone may show that the session is worth nothing. */
  private isAmongDoubtful(heard: Exchange, place: Place): boolean {
    if (place.answered > 0 || answeredAs(heard) !== 'refused') return false;
    return this.setting.group.filter(({ recipient }) => recipient.spec.kind === 'mailbox').length > 1;
  }

  private isProvedByNow({ given, place }: Kept): boolean {
    return this.server.isProved(given.heard, place);
  }

  private end({ asked, given }: Kept, how: Verdict): void {
    const { answers } = this.setting;
    asked.kept = null;
    if (how === 'again' || how === 'all_again') answers.askAlone(asked, given.heard, 1);
    else answers.give(asked, how === 'doubt' ? { ...given, isUnproved: true } : given);
  }

  private async askControl({ asked }: Kept, answer: Answered): Promise<Verdict> {
    const { session, tools } = this.setting;
    const lessons = tools.memory.of(session.setting.host);
    const control = this.server.controlFor(OTHER[answer]);
    if (lessons.sessionSize === 1) return 'again';
    // If no mailbox of a domain, perhaps of the host, was accepted, there is no control: only asking each of them alone can tell.
    if (control === null) return answer === 'refused' ? 'doubt' : 'believe';
    if (!session.isOpen || session.isSpent(lessons) || control.sender !== asked.recipient.sender) return 'believe';
    const told = await this.put(control.wireAddress, control.sender.mailFrom);
    if (told === null) return 'believe';
    this.server.note(told.exchange, told.place, null);
    if (answeredAs(told.exchange) !== answer) return 'believe';
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

/** Unclear words behind recipients that got clear replies. */
function isPerhapsOfPlace({ came, party }: Exchange, { accepted, refused }: Place): boolean {
  if (came.kind === 'failure' || party.provider !== null || accepted + refused === 0) return false;
  return PERHAPS_OF_PLACE.includes(came.meaning);
}

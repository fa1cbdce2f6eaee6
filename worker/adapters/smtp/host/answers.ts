// Gives recipients their answers after doubts are resolved: a believed reply is settled, a withheld one is settled as our doubt, and a held
// one waits for its hearing. Guarantees: a held recipient is undecided when its time is up, and a block is reported to the code that looks
// after the identities.
import { NOTHING_HAPPENED } from '@/lib/verdict/health';
import type { Clock } from '@/worker/engine/ports';
import type { MailHost } from '@/lib/verdict/mail-host';
import { withheld, type Block, type Doubt, type Hearing, type Ruling } from '../doubt/doubt';
import type { Exchange } from '../exchange';
import type { Identities } from '../reputation/reputation';
import type { Asked } from './asked';
import type { HostMemory } from './host-memory';
import type { Sender } from '../senders';
import { nextSenderAmong, withNoted, withRenoted } from './recipient';
import { awayFrom } from './walk-hosts';

export interface AnswersSetting {
  queue: string;
  hosts: () => readonly MailHost[];
  /** Puts the recipient back into the queue. */
  askAgain: (asked: Asked) => void;
  afterHold: () => void;
  doubt: Doubt;
  memory: HostMemory;
  /** Asks the witnesses of a hearing. */
  hear: (hearing: Hearing) => void;
  identities: Identities;
  clock: Clock;
}

/** The host's words, and the answer derived from them. */
export interface Given {
  heard: Exchange;
  answer: Exchange;
  /** The reply came behind other recipients, and nothing shows yet what it is worth there. */
  isUnproved?: boolean;
}

const NOT_VERIFIED = 'the time for this question was up before the reply could be verified';

export class Answers {
  private holding = 0;

  constructor(private readonly setting: AnswersSetting) {}

  give(asked: Asked, given: Given): void {
    const { spec, sender, provider, place } = asked.recipient;
    const unprovedAt = given.isUnproved === true ? place : null;
    const { doubt, queue, hosts } = this.setting;
    const { kind, localPart, domain, needsSmtpUtf8 } = spec;
    const whom = { localPart, domain, needsSmtpUtf8, hosts: hosts(), provider };
    const isFirst = place.answered === 0;
    const ruling = doubt.weigh({ kind, whom, exchange: given.heard, sender, queue, unprovedAt, isFirst });
    if (ruling.kind === 'hold') void this.hold(asked, given, ruling);
    else this.settle(asked, given, ruling);
  }

  /** The recipient's time is up while its answer is in doubt. */
  giveUndecided(asked: Asked, heard: Exchange): void {
    const { at } = heard;
    const came = { kind: 'failure', failure: 'timeout', detail: NOT_VERIFIED } as const;
    settleInstead(asked, heard, { ...heard, came, durationMs: this.setting.clock.now() - at });
  }

  /** Some held recipients may be asked again. */
  get isHolding(): boolean {
    return this.holding > 0;
  }

  private async hold(asked: Asked, given: Given, begun: Ruling): Promise<void> {
    let ruling = begun;
    this.holding += 1;
    asked.hold(given.heard);
    while (ruling.kind === 'hold') {
      if (ruling.hearing !== null) this.setting.hear(ruling.hearing);
      ruling = await ruling.next;
    }
    asked.doubted = null;
    this.settle(asked, given, ruling);
    this.holding -= 1;
    this.setting.afterHold();
  }

  private settle(asked: Asked, { heard, answer }: Given, ruling: Exclude<Ruling, { kind: 'hold' }>): void {
    if (ruling.kind === 'ask_otherwise') {
      if (ruling.block !== null) {
        this.report(ruling.block);
        this.setting.identities.rest(ruling.block.refused.sender);
      }
      if (ruling.at !== null) this.setting.memory.learnTls(ruling.at.host, ruling.at.isSecure ? 'usual' : 'worse');
      this.askOtherwise(asked, heard);
    } else if (ruling.kind === 'ask_alone') {
      this.setting.memory.learnSessionSize(heard.party.host, ruling.sessionSize);
      this.askAnew(asked, heard);
    } else if (ruling.kind === 'instead') {
      settleInstead(asked, heard, ruling.exchange);
    } else if (ruling.kind === 'put_off') {
      putOff(asked, heard, ruling);
    } else if (ruling.kind === 'withhold') {
      if (ruling.block !== null) this.report(ruling.block);
      withhold(asked, heard, ruling.testimony);
    } else if (asked.isDone) asked.tellLate(heard);
    else asked.settle(answer);
  }

  /** Asks again as a sender that is not lied to, and where no sender is. The first reply stays in doubt. */
  private askOtherwise(asked: Asked, heard: Exchange): void {
    const { recipient } = asked;
    const { doubt, hosts } = this.setting;
    const { spec, sender } = recipient;
    const isLiedTo = (each: Sender): boolean => doubt.isLiedTo(spec.domain, each);
    const next = isLiedTo(sender) ? nextSenderAmong(recipient, (each) => !isLiedTo(each)) : sender;
    const isVain = doubt.vainPlacesOf(spec.domain);
    const away = awayFrom(recipient, hosts(), isVain);
    const isElsewhere = away !== recipient && isVain?.(heard.party) === true;
    if (asked.isDone || next === null || (next === sender && !isElsewhere) || recipient.puts >= spec.mostPuts) {
      withhold(asked, heard, []);
      return;
    }
    const doubted = withheld(heard);
    asked.recipient = {
      ...withRenoted(away, heard, doubted),
      sender: next,
      fallback: doubted,
    };
    this.setting.askAgain(asked);
  }

  /** Asks again, in sessions of the size that the host is known to take by now. The reply that came behind others stays in doubt. */
  askAnew(asked: Asked, heard: Exchange): void {
    if (asked.isDone) return;
    const { recipient } = asked;
    const doubted = withheld(heard, 'by-position');
    asked.recipient = { ...withRenoted(recipient, heard, doubted), fallback: doubted };
    this.setting.askAgain(asked);
  }

  private report({ refused, why }: Block): void {
    const { identities, clock } = this.setting;
    const lastRefusal = { at: clock.now(), text: why };
    identities.note(refused.sender.identity, { ...NOTHING_HAPPENED, refused: 1, lastRefusal });
  }
}

function settleInstead(asked: Asked, heard: Exchange, exchange: Exchange): void {
  if (asked.isDone) return;
  if (exchange !== heard) asked.recipient = withNoted(withRenoted(asked.recipient, heard, withheld(heard)), [exchange]);
  asked.settle(exchange);
}

/** The answer comes later, as another sender. Until then the first reply stays in doubt. */
function putOff(asked: Asked, heard: Exchange, { as, exchange }: Extract<Ruling, { kind: 'put_off' }>): void {
  if (asked.isDone) return;
  const recipient = withNoted(withRenoted(asked.recipient, heard, withheld(heard)), [exchange]);
  asked.recipient = { ...recipient, sender: as };
  asked.settle(exchange);
}

function withhold(asked: Asked, heard: Exchange, testimony: readonly Exchange[]): void {
  if (asked.isDone) return;
  const answer = withheld(heard);
  asked.recipient = withNoted(withRenoted(asked.recipient, heard, answer), testimony);
  asked.settle(answer);
}

// Gives recipients their answers, past doubt: what is believed is settled, what is withheld is settled as our doubt, and what is held
// waits for its hearing. Promises that whoever is held gets the withheld answer when its time is up, and that a block is told to whoever
// looks after the identities.
import { NOTHING_HAPPENED } from '@/lib/verdict/sending-health';
import type { Clock } from '@/worker/engine/ports';
import { withheld, type Block, type Doubt, type Hearing, type Ruling } from '../doubt/doubt';
import type { Exchange } from '../exchange';
import type { Identities } from '../reputation/reputation';
import type { Asked } from './asked';
import { withNoted, withRenoted } from './recipient';

export interface AnswersSetting {
  queue: string;
  doubt: Doubt;
  /** Asks the witnesses of a hearing. */
  hear: (hearing: Hearing) => void;
  identities: Identities;
  clock: Clock;
}

/** The host's words, and the answer that they come to. */
interface Given {
  heard: Exchange;
  answer: Exchange;
}

export class Answers {
  constructor(private readonly setting: AnswersSetting) {}

  give(asked: Asked, given: Given): void {
    const { spec, sender, provider } = asked.recipient;
    const { doubt, queue } = this.setting;
    const { kind, domain } = spec;
    const ruling = doubt.weigh({ kind, domain, exchange: given.heard, sender, queue, provider: provider?.id ?? null });
    if (ruling.kind === 'hold') void this.hold(asked, given, ruling);
    else this.settle(asked, given, ruling);
  }

  /** Its time is up while it is held. */
  giveHeld(asked: Asked, heard: Exchange): void {
    withhold(asked, heard, []);
  }

  private async hold(asked: Asked, given: Given, begun: Ruling): Promise<void> {
    let ruling = begun;
    if (!asked.isDone) asked.held = given.heard;
    while (ruling.kind === 'hold') {
      if (ruling.hearing !== null) this.setting.hear(ruling.hearing);
      ruling = await ruling.next;
    }
    asked.held = null;
    this.settle(asked, given, ruling);
  }

  private settle(asked: Asked, { heard, answer }: Given, ruling: Exclude<Ruling, { kind: 'hold' }>): void {
    if (ruling.kind === 'withhold') {
      if (ruling.block !== null) this.report(ruling.block);
      withhold(asked, heard, ruling.testimony);
    } else if (asked.isDone) asked.tellLate(heard);
    else asked.settle(answer);
  }

  private report({ refused, why }: Block): void {
    const { identities, clock } = this.setting;
    const lastRefusal = { at: clock.now(), text: why };
    identities.note(refused.sender.identity, { ...NOTHING_HAPPENED, refused: 1, lastRefusal });
  }
}

function withhold(asked: Asked, heard: Exchange, testimony: readonly Exchange[]): void {
  if (asked.isDone) return;
  const answer = withheld(heard);
  asked.recipient = withNoted(withRenoted(asked.recipient, heard, answer), testimony);
  asked.settle(answer);
}

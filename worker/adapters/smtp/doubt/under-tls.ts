// Finds out whether a host knows some of its mailboxes only under TLS. It accepts others in plain text, so that nothing else shows it. Once an
// hour, up to five of the mailboxes that it refuses are asked again under TLS, in one session. If one of them is accepted, all that it
// refuses are asked that way. Guarantees: one such question per server, identity and hour; no answer is held beyond a hearing.
import { RecentMap } from '@/worker/engine/recent-map';
import type { Clock } from '@/worker/engine/ports';
import type { Exchange } from '../exchange';
import { HOST_LESSON_MAX_AGE_MS } from '../timeouts';
import { serverOf } from './positions';
import { meaningAtRcpt, type Hearing, type Refused, type Witness } from './witness';

/** One of them may really be gone while others live. */
const ASKED_MAX = 5;

interface Trial {
  since: number;
  witnesses: Witness[];
  /** Null: it is over, and there was no difference. */
  isAlike: Promise<boolean> | null;
  resolve: (isAlike: boolean) => void;
}

export class AskedUnderTls {
  private readonly trials: RecentMap<string, Trial>;
  private readonly underWay = new WeakMap<Hearing, Trial>();

  constructor(
    private readonly clock: Clock,
    maxEntries: number,
  ) {
    this.trials = new RecentMap(maxEntries);
  }

  /** Null: the host is known to say the same under TLS. `hearing` is for the caller to hold, whose mailbox is the first of those that wait. */
  rule(witness: Witness, refused: Refused): { hearing: Hearing | null; isAlike: Promise<boolean> } | null {
    const server = serverOf(refused.party);
    const known = this.trials.get(server);
    if (known !== undefined && this.clock.now() - known.since < HOST_LESSON_MAX_AGE_MS) {
      if (known.witnesses.length < ASKED_MAX) known.witnesses.push(witness);
      return known.isAlike === null ? null : { hearing: null, isAlike: known.isAlike };
    }
    let resolve: Trial['resolve'] = () => undefined;
    const isAlike = new Promise<boolean>((done) => {
      resolve = done;
    });
    const trial: Trial = { since: this.clock.now(), witnesses: [witness], isAlike, resolve };
    const { witnesses } = trial;
    const hearing: Hearing = {
      witnesses,
      refused,
      sender: refused.sender,
      isAlone: 'first',
      isSecure: true,
      elsewhere: null,
    };
    this.trials.set(server, trial);
    this.underWay.set(hearing, trial);
    return { hearing, isAlike };
  }

  isHolding(hearing: Hearing): boolean {
    return this.underWay.has(hearing);
  }

  /** Takes what a mailbox was told under TLS. True if the next one should be asked. */
  testify(hearing: Hearing, witness: Witness, exchange: Exchange): boolean {
    const trial = this.underWay.get(hearing);
    if (trial === undefined) return false;
    const isAccepted = meaningAtRcpt(exchange) === 'accepted';
    if (!isAccepted && trial.witnesses.at(-1) !== witness) return true;
    if (!isAccepted) trial.isAlike = null;
    trial.resolve(!isAccepted);
    return false;
  }
}

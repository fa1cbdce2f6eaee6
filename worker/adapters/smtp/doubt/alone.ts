// Whether asking one by one would be told something else. What a host said of mailboxes behind others, where nothing else shows what that is
// worth, is held while a few of them are asked again, each as the first of a session: one that is answered otherwise makes all be asked so.
// Promises that a host which says the same again is not asked for it once more within the hour; holds nobody beyond a hearing.
import { RecentMap } from '@/worker/engine/recent-map';
import type { Clock } from '@/worker/engine/ports';
import type { Exchange } from '../exchange';
import { HOST_LESSON_MAX_AGE_MS } from '../timeouts';
import { answeredAs, deeper, isWithin, serverOf, type Place } from './positions';
import { meaningAtRcpt, type Hearing, type Refused, type Witness } from './witness';

/** Of those that are held, how many are asked again: one of them may be answered the same and others not. */
export const ASKED_ALONE_MAX = 3;

/** `sessionSize`: how many a session is worth asking for, where answers depend on it. */
export type AloneEnd = { kind: 'believe' } | { kind: 'ask_alone'; sessionSize: number };

export interface ToldBehind {
  witness: Omit<Witness, 'acceptedAt'>;
  refused: Refused;
  exchange: Exchange;
  place: Place;
}
export type AloneRuling = AloneEnd | { kind: 'hold'; hearing: Hearing | null; end: Promise<AloneEnd> };

interface Trial {
  /** Grows while the first is being asked. */
  witnesses: Witness[];
  /** What they were told behind others. */
  told: string;
  hearing: Hearing;
  /** The least, and the most, that had been answered before any of those that are held. */
  least: number;
  deepest: Place;
  end: Promise<AloneEnd>;
  resolve: (end: AloneEnd) => void;
}

/** Of one host, as one identity, and one kind of answer. */
interface Trials {
  /** Down to where the host is known to say the same to whoever is asked alone, and since when (epoch ms). */
  same: Place | null;
  since: number;
  trial: Trial | null;
}

function newTrial({ refused, exchange, place }: ToldBehind): Trial {
  let resolve: Trial['resolve'] = () => undefined;
  const end = new Promise<AloneEnd>((done) => {
    resolve = done;
  });
  const witnesses: Witness[] = [];
  const hearing: Hearing = { witnesses, refused, sender: refused.sender, isAlone: 'each', isSecure: false, elsewhere: null };
  return { witnesses, told: meaningAtRcpt(exchange) ?? '', hearing, least: place.answered, deepest: place, end, resolve };
}

export class AskedAlone {
  private readonly known: RecentMap<string, Trials>;
  private readonly underWay = new WeakMap<Hearing, Trials>();
  /** How many are under way. */
  private trials = 0;

  constructor(
    private readonly clock: Clock,
    maxEntries: number,
  ) {
    this.known = new RecentMap(maxEntries, { isToStay: ({ trial }) => trial !== null });
  }

  /** `hearing`: the caller's to hold, who is the first of those that wait for it. */
  rule(one: ToldBehind): AloneRuling {
    const { exchange, place, witness } = one;
    const trials = this.trialsOf(exchange);
    const { same, since } = trials;
    const isFresh = this.clock.now() - since < HOST_LESSON_MAX_AGE_MS;
    if (isFresh && isWithin(place, same)) return { kind: 'believe' };
    const isFirst = trials.trial === null;
    const trial = (trials.trial ??= newTrial(one));
    if (isFirst) {
      this.underWay.set(trial.hearing, trials);
      this.trials += 1;
    }
    if (trial.witnesses.length < ASKED_ALONE_MAX) trial.witnesses.push({ ...witness, acceptedAt: 0 });
    trial.least = Math.min(trial.least, place.answered);
    trial.deepest = deeper(trial.deepest, place);
    return { kind: 'hold', hearing: isFirst ? trial.hearing : null, end: trial.end };
  }

  /** When it is known whether that server says the same to whoever is asked alone, where some are being asked. */
  endOf(exchange: Exchange): Promise<AloneEnd> | null {
    if (this.trials === 0) return null;
    return this.trialsOf(exchange).trial?.end ?? null;
  }

  isHolding(hearing: Hearing): boolean {
    return this.underWay.has(hearing);
  }

  /** What one of them was told alone. True where the next one is to be asked. */
  testify(hearing: Hearing, witness: Witness, exchange: Exchange): boolean {
    const trials = this.underWay.get(hearing);
    const trial = trials?.trial;
    if (trials === undefined || trial?.hearing !== hearing) return false;
    const answer = answeredAs(exchange);
    const isOtherwise = answer !== null && meaningAtRcpt(exchange) !== trial.told;
    if (!isOtherwise && trial.witnesses.at(-1) !== witness) return true;
    trials.trial = null;
    this.trials -= 1;
    if (isOtherwise) {
      // Refused as unknown by its place: how many a session bears depends on who they are.
      const isRefused = trial.told === 'mailbox_not_found' || trial.told === 'mailbox_disabled';
      trial.resolve({ kind: 'ask_alone', sessionSize: isRefused ? 1 : Math.max(1, trial.least) });
      return false;
    }
    trials.same = doubled(trial.deepest);
    trials.since = this.clock.now();
    trial.resolve({ kind: 'believe' });
    return false;
  }

  private trialsOf(exchange: Exchange): Trials {
    const key = `${answeredAs(exchange) ?? 'unclear'} ${serverOf(exchange.party)}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const trials: Trials = { same: null, since: 0, trial: null };
    this.known.set(key, trials);
    return trials;
  }
}

/** So that a long run of the same costs one question each time that it has doubled. */
const doubled = ({ answered, accepted, refused }: Place): Place => ({
  answered: 2 * answered,
  accepted: 2 * Math.max(1, accepted),
  refused: 2 * Math.max(1, refused),
});

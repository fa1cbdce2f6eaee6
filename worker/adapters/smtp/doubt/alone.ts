// Finds out whether asking one by one would get another answer. If nothing else shows what a host's replies behind other recipients are
// worth, they are held while a few of the mailboxes are asked again, each first in a session. If one gets a different answer, all are asked
// that way. Guarantees: a host that gives the same answer is not tested again within the hour, and no answer is held beyond a hearing.
import { RecentMap } from '@/worker/engine/bounded-maps';
import type { Clock } from '@/worker/engine/ports';
import type { Exchange } from '../exchange';
import { HOST_LESSON_MAX_AGE_MS } from '../timeouts';
import { answeredAs, deeper, isWithin, serverOf, type Place } from './positions';
import {
  inWays,
  isUnheard,
  meaningAtRcpt,
  UNHEARD_APART_MS,
  type Hearing,
  type Refused,
  type Told,
  type Witness,
} from './witness';

/** How many held mailboxes are asked again: one of them may get the same answer while others do not. */
export const ASKED_ALONE_MAX = 3;

/** `sessionSize`: how many recipients a session can be trusted with, if answers depend on it. */
export type AloneEnd =
  | { kind: 'believe' }
  | { kind: 'ask_alone'; sessionSize: number }
  /** Nothing was heard about any of them. */
  | { kind: 'unheard'; told: Told };

export interface ToldBehind {
  witness: Omit<Witness, 'acceptedAt'>;
  refused: Refused;
  exchange: Exchange;
  place: Place;
}
export type AloneRuling = AloneEnd | { kind: 'hold'; hearing: Hearing | null; end: Promise<AloneEnd> };

interface Trial {
  /** More are added while the first is being asked. */
  witnesses: Witness[];
  /** What they were told behind others. */
  told: string;
  /** Some of them were told something alone. */
  isHeard: boolean;
  hearing: Hearing;
  /** The fewest, and the most, that had been answered before any of the held mailboxes. */
  least: number;
  deepest: Place;
  end: Promise<AloneEnd>;
  resolve: (end: AloneEnd) => void;
}

/** For one host, one identity, and one kind of answer. */
interface Trials {
  /** The deepest position at which the host is known to give the same answer alone, and since when (epoch ms). */
  same: Place | null;
  since: number;
  trial: Trial | null;
  /** Epoch ms of the first trial in which nothing was heard. */
  unheardAt: number | null;
}

function newTrial({ refused, exchange, place }: ToldBehind, at: number): Trial {
  let resolve: Trial['resolve'] = () => undefined;
  const end = new Promise<AloneEnd>((done) => {
    resolve = done;
  });
  const witnesses: Witness[] = [];
  const ways = inWays({ sender: refused.sender, elsewhere: null });
  const hearing: Hearing = { witnesses, refused, ways, isAlone: 'each', tls: 'usual', at };
  const told = meaningAtRcpt(exchange) ?? '';
  return { witnesses, told, isHeard: false, hearing, least: place.answered, deepest: place, end, resolve };
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

  /** `hearing` is for the caller to hold, whose mailbox is the first of those that wait for it. */
  rule(one: ToldBehind): AloneRuling {
    const { exchange, place, witness } = one;
    const trials = this.trialsOf(exchange);
    const { same, since } = trials;
    const isFresh = this.clock.now() - since < HOST_LESSON_MAX_AGE_MS;
    if (isFresh && isWithin(place, same)) return { kind: 'believe' };
    const isFirst = trials.trial === null;
    const trial = (trials.trial ??= newTrial(one, this.clock.now()));
    if (isFirst) {
      this.underWay.set(trial.hearing, trials);
      this.trials += 1;
    }
    if (trial.witnesses.length < ASKED_ALONE_MAX) trial.witnesses.push({ ...witness, acceptedAt: 0 });
    trial.least = Math.min(trial.least, place.answered);
    trial.deepest = deeper(trial.deepest, place);
    return { kind: 'hold', hearing: isFirst ? trial.hearing : null, end: trial.end };
  }

  /** Resolves when it is known whether the server gives the same answer alone; null if no mailbox is being asked alone. */
  endOf(exchange: Exchange): Promise<AloneEnd> | null {
    if (this.trials === 0) return null;
    return this.trialsOf(exchange).trial?.end ?? null;
  }

  isHolding(hearing: Hearing): boolean {
    return this.underWay.has(hearing);
  }

  /** Takes what a mailbox was told alone. True if the next one should be asked. */
  testify(hearing: Hearing, told: Told): boolean {
    const trials = this.underWay.get(hearing);
    const trial = trials?.trial;
    if (trials === undefined || trial?.hearing !== hearing) return false;
    const { witness, exchange } = told;
    trial.isHeard ||= meaningAtRcpt(exchange) === trial.told || !isUnheard(exchange);
    const answer = answeredAs(exchange);
    const isOtherwise = answer !== null && meaningAtRcpt(exchange) !== trial.told;
    if (!isOtherwise && trial.witnesses.at(-1) !== witness) return true;
    trials.trial = null;
    this.trials -= 1;
    if (isOtherwise) {
      // It was refused as unknown because of its position, so what a session allows depends on who the recipients are.
      const isRefused = trial.told === 'mailbox_not_found' || trial.told === 'mailbox_disabled';
      trial.resolve({ kind: 'ask_alone', sessionSize: isRefused ? 1 : Math.max(1, trial.least) });
      return false;
    }
    const { unheardAt } = trials;
    if (!trial.isHeard && (unheardAt === null || hearing.at - unheardAt < UNHEARD_APART_MS)) {
      trials.unheardAt ??= this.clock.now();
      trial.resolve({ kind: 'unheard', told });
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
    const trials: Trials = { same: null, since: 0, trial: null, unheardAt: null };
    this.known.set(key, trials);
    return trials;
  }
}

/** So that a long run of equal answers costs one question each time that it has doubled. */
const doubled = ({ answered, accepted, refused }: Place): Place => ({
  answered: 2 * answered,
  accepted: 2 * Math.max(1, accepted),
  refused: 2 * Math.max(1, refused),
});

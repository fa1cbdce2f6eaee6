// Whether one address is one host. Behind a balancer there may be several, of which one has no table of users and another one takes
// everybody, and each connection meets another of them. An address that told a name two things is suspected: there each mailbox is asked
// three times in a row, each time as the first of a session. Told the same each time, that is believed; told both, it exists where
// others are refused each time (so none of them takes everybody), and does not where others are accepted each time, or a made-up name was
// accepted. Promises that an address which proves steady is asked as any other again, and that nobody is held beyond a hearing.
import { RecentMap } from '@/worker/engine/recent-map';
import type { Clock } from '@/worker/engine/ports';
import type { Exchange, Party } from '../exchange';
import { HOST_LESSON_MAX_AGE_MS } from '../timeouts';
import { answeredAs, type Answered } from './positions';
import type { Hearing, Refused, Witness } from './witness';

/** Once more for a third of three hosts. */
const ASKED_AGAIN = 2;
/** So many others tell what a mailbox that was told both is: one of them may have met the same host each time. */
const KIND_MIN = 3;
/** So many mailboxes without a contradiction, all of one kind, prove an address, too. */
const STEADY_MIN = 5;

/** `instead`: what counts is an answer of another session. */
export type SteadyEnd = { kind: 'same' } | { kind: 'instead'; exchange: Exchange } | { kind: 'withhold' };
export interface SteadyRuling {
  /** One after the other: two in turn could meet the same host each time. */
  turn: Promise<void>;
  hearing: Hearing;
  end: Promise<SteadyEnd>;
}

interface Told {
  witness: Omit<Witness, 'acceptedAt'>;
  refused: Refused;
  exchange: Exchange;
}

interface Trial {
  own: Exchange;
  heard: Exchange[];
  resolve: (end: SteadyEnd) => void;
  /** It has been asked often enough. */
  leave: () => void;
}

interface Server {
  /** Epoch ms */
  since: number;
  /** Mailboxes that were told the same each time. */
  same: Record<Answered, number>;
  /** One of those behind it is known to take everybody. */
  takesAll: boolean;
  hasWavered: boolean;
  /** Told both, and what that means is not known yet. */
  open: Trial[];
  /** When whoever came last has been asked. */
  last: Promise<void>;
}

export class Steadiness {
  private readonly servers: RecentMap<string, Server>;
  private readonly underWay = new WeakMap<Hearing, { server: Server; trial: Trial }>();
  private count = 0;

  constructor(
    private readonly tools: { clock: Clock; aloneMs: number },
    maxEntries: number,
  ) {
    this.servers = new RecentMap(maxEntries, { isToStay: ({ open }) => open.length > 0 });
  }

  /** It has told one name two things. */
  suspect({ address, provider }: Party, takesAll = false): void {
    if (address === null || provider !== null) return;
    const known = this.find(address);
    if (known !== null) {
      known.takesAll ||= takesAll;
      return;
    }
    const since = this.tools.clock.now();
    this.servers.set(address, {
      since,
      same: { accepted: 0, refused: 0 },
      takesAll,
      hasWavered: false,
      open: [],
      last: Promise.resolve(),
    });
    this.count += 1;
  }

  /** Whoever is asked there is asked alone, and one after the other. */
  isUnsteady(address: string): boolean {
    if (this.count === 0) return false;
    const server = this.find(address);
    return server !== null && !isSteady(server);
  }

  /** It was suspected, and said the same of everybody each time. */
  hasProved(address: string): boolean {
    const server = this.find(address);
    return server !== null && isSteady(server);
  }

  /** Of an answer to the first of a session. Null: nothing stands against it. */
  rule({ witness, refused, exchange }: Told): SteadyRuling | null {
    const { address } = exchange.party;
    if (address === null || !this.isUnsteady(address)) return null;
    const server = this.find(address);
    if (server === null) return null;
    const witnesses = Array.from({ length: ASKED_AGAIN }, () => ({ ...witness, acceptedAt: 0 }));
    const hearing: Hearing = { witnesses, refused, sender: refused.sender, isAlone: 'each', isSecure: false, elsewhere: null };
    let resolve: Trial['resolve'] = () => undefined;
    const end = new Promise<SteadyEnd>((done) => {
      resolve = done;
    });
    let leave: Trial['leave'] = () => undefined;
    const turn = server.last;
    server.last = new Promise((done) => {
      leave = done;
    });
    this.underWay.set(hearing, { server, trial: { own: exchange, heard: [], resolve, leave } });
    return { turn, hearing, end };
  }

  isHolding(hearing: Hearing): boolean {
    return this.underWay.has(hearing);
  }

  /** What it was told in another session. True where it is to be asked once more. */
  testify(hearing: Hearing, exchange: Exchange): boolean {
    const { server, trial } = this.underWay.get(hearing) ?? {};
    if (server === undefined || trial === undefined) return false;
    const own = answeredAs(trial.own);
    const answer = answeredAs(exchange);
    trial.heard.push(exchange);
    if (answer !== null && answer !== own) {
      trial.leave();
      server.hasWavered = true;
      server.open.push(trial);
      setTimeout(() => {
        end(server, [trial], { kind: 'withhold' });
      }, this.tools.aloneMs).unref();
      judgeOpen(server);
      return false;
    }
    if (trial.heard.length < ASKED_AGAIN) return true;
    trial.leave();
    // Silence and words of another kind say nothing against it.
    if (own !== null && answer !== null) server.same[own] += 1;
    trial.resolve({ kind: 'same' });
    judgeOpen(server);
    return false;
  }

  private find(address: string): Server | null {
    const known = this.servers.get(address);
    return known !== undefined && this.tools.clock.now() - known.since < HOST_LESSON_MAX_AGE_MS ? known : null;
  }
}

function isSteady({ same, hasWavered }: Server): boolean {
  if (hasWavered) return false;
  return (same.accepted > 0 && same.refused > 0) || same.accepted + same.refused >= STEADY_MIN;
}

/** Where some are accepted each time and some refused each time nothing can be said of the others. */
function judgeOpen(server: Server): void {
  const { same, takesAll, open } = server;
  const isTaking = takesAll || same.accepted >= KIND_MIN;
  // Where one takes everybody another may still know nobody, unless somebody is accepted each time.
  const isOpen = isTaking ? same.accepted === 0 || (!takesAll && same.refused > 0) : same.refused < KIND_MIN || same.accepted > 0;
  if (isOpen) return;
  const answer = isTaking ? 'refused' : 'accepted';
  for (const trial of [...open]) {
    const exchange = [trial.own, ...trial.heard].find((each) => answeredAs(each) === answer);
    end(server, [trial], exchange === undefined ? { kind: 'withhold' } : { kind: 'instead', exchange });
  }
}

function end(server: Server, trials: readonly Trial[], how: SteadyEnd): void {
  server.open = server.open.filter((trial) => !trials.includes(trial));
  for (const { resolve } of trials) resolve(how);
}

// Finds out whether one address is one host. Behind a load balancer there may be several, one of which has no user table and another of
// which takes everybody, and each connection may reach another one. An address that gave a name two different answers is suspected. Each
// mailbox there is asked three times in a row, each time first in a session. If the answers agree, they are believed. A mailbox with both
// answers exists if other mailboxes are refused every time (so none of the hosts takes everybody), and does not exist if others are
// accepted every time or a made-up name was accepted. Guarantees: an address that proves steady is asked like any other again, and no
// answer is held beyond a hearing.
import { RecentMap } from '@/worker/engine/recent-map';
import type { Clock } from '@/worker/engine/ports';
import type { Exchange, Party } from '../exchange';
import { HOST_LESSON_MAX_AGE_MS } from '../timeouts';
import { answeredAs, type Answered } from './positions';
import type { Hearing, Refused, Witness } from './witness';

/** Twice, in case there are three hosts. */
const ASKED_AGAIN = 2;
/** How many other mailboxes decide about one with both answers: one of them may have reached the same host every time. */
const KIND_MIN = 3;
/** This many mailboxes without a contradiction also prove an address steady, even if all are of one kind. */
const STEADY_MIN = 5;

/** `instead`: the answer of another session counts. */
export type SteadyEnd = { kind: 'same' } | { kind: 'instead'; exchange: Exchange } | { kind: 'withhold' };
export interface SteadyRuling {
  /** Hearings run one after the other: two that alternate could reach the same host every time. */
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
  /** Mailboxes that got the same answer every time. */
  same: Record<Answered, number>;
  /** One of the hosts behind it is known to take everybody. */
  takesAll: boolean;
  hasWavered: boolean;
  /** Mailboxes with both answers, whose meaning is not known yet. */
  open: Trial[];
  /** Resolves when the latest mailbox has been asked. */
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

  /** The address has given one name two different answers. */
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

  /** Recipients there are asked alone, one after the other. */
  isUnsteady(address: string): boolean {
    if (this.count === 0) return false;
    const server = this.find(address);
    return server !== null && !isSteady(server);
  }

  /** The address was suspected, but gave each recipient the same answer every time. */
  hasProved(address: string): boolean {
    const server = this.find(address);
    return server !== null && isSteady(server);
  }

  /** Rules on an answer to the first recipient of a session. Null: nothing contradicts it. */
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

  /** Takes what the mailbox was told in another session. True if it should be asked once more. */
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
    // Silence and replies of another kind do not contradict it.
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

/** If some mailboxes are accepted every time and some are refused every time, nothing can be said about the others. */
function judgeOpen(server: Server): void {
  const { same, takesAll, open } = server;
  const isTaking = takesAll || same.accepted >= KIND_MIN;
  // If one host takes everybody, another may still know no one, unless a mailbox is accepted every time.
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

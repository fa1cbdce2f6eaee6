// Finds out whether one address is one host. Behind a load balancer there may be several, one of which has no user table and another of
// which takes everybody, and each connection may reach another one. An address that gave a name two different answers is suspected. Each
// mailbox there is asked three times in a row, each time first in a session. If the answers agree, they are believed. A mailbox with both
// answers is asked three times more behind all others, since the hosts may have changed meanwhile. If it has both again, it exists if
// other mailboxes are refused every time (so none of the hosts takes everybody), and does not exist if a made-up name was accepted and others
// are accepted every time (so none of the hosts knows nobody). Guarantees: an address that proves steady is asked like any other again, and no answer is held beyond a
// hearing.
import { RecentMap } from '@/worker/engine/bounded-maps';
import type { Clock } from '@/worker/engine/ports';
import type { Exchange, Party } from '../exchange';
import { HOST_LESSON_MAX_AGE_MS } from '../timeouts';
import { answeredAs, type Answered } from './positions';
import { inWays, type Hearing, type Refused, type Witness } from './witness';

/** In case there are three hosts. */
const ASKED_IN_A_ROW = 3;
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
  /** Of the latest round. */
  hearing: Hearing;
  heard: Exchange[];
  /** What it was told in this round. */
  round: Exchange[];
  isSecondRound: boolean;
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
  /** Mailboxes whose answers have to be repeated or explained: most have both. */
  open: Trial[];
  /** Resolves when the latest mailbox has been asked. */
  last: Promise<void>;
}

export class Steadiness {
  private readonly servers: RecentMap<string, Server>;
  private readonly underWay = new WeakMap<Hearing, { server: Server; trial: Trial }>();
  private count = 0;

  constructor(
    private readonly tools: { clock: Clock; aloneMs: number; hear: (hearing: Hearing) => void },
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
    const hearing: Hearing = {
      witnesses: Array.from({ length: ASKED_IN_A_ROW - 1 }, () => ({ ...witness, acceptedAt: 0 })),
      refused,
      ways: inWays({ sender: refused.sender, elsewhere: null }),
      isAlone: 'each',
      tls: 'usual',
      at: this.tools.clock.now(),
    };
    let resolve: Trial['resolve'] = () => undefined;
    const end = new Promise<SteadyEnd>((done) => {
      resolve = done;
    });
    const trial: Trial = { hearing, heard: [exchange], round: [exchange], isSecondRound: false, resolve, leave: () => undefined };
    this.underWay.set(hearing, { server, trial });
    return { turn: lineUp(server, trial), hearing, end };
  }

  isHolding(hearing: Hearing): boolean {
    return this.underWay.has(hearing);
  }

  /** Takes what the mailbox was told in another session. True if it should be asked once more. */
  testify(hearing: Hearing, exchange: Exchange): boolean {
    const { server, trial } = this.underWay.get(hearing) ?? {};
    if (server === undefined || trial === undefined) return false;
    trial.heard.push(exchange);
    trial.round.push(exchange);
    const now = answersIn(trial.round);
    const isSettled = trial.isSecondRound && !server.open.includes(trial);
    if (!isSettled && now.size <= 1 && trial.round.length < ASKED_IN_A_ROW) return true;
    trial.leave();
    if (!isSettled) this.afterRound(server, trial, now);
    judgeOpen(server);
    return false;
  }

  private afterRound(server: Server, trial: Trial, now: ReadonlySet<Answered>): void {
    const ever = answersIn(trial.heard);
    if (ever.size > 1) server.hasWavered = true;
    const [answer] = now;
    // The hosts may take turns after several connections each, so a refusal has to be repeated later.
    const silence = isCutShort(trial) ? trial.heard.findLast((each) => answeredAs(each) === null) : undefined;
    const isDoubtful = now.size > 1 || silence !== undefined || (answer === 'refused' && server.hasWavered);
    if (isDoubtful && !trial.isSecondRound) this.askAnew(server, trial);
    else if (ever.size <= 1 && silence !== undefined) end(server, [trial], { kind: 'instead', exchange: silence });
    else if (ever.size <= 1) {
      if (answer !== undefined) server.same[answer] += 1;
      end(server, [trial], { kind: 'same' });
    } else if (now.size === 1 && isChange(server, answer)) endAs(server, trial, answer);
    else this.leaveOpen(server, trial);
  }

  /** When all others have been asked, unless they have shown by then what its answers mean. */
  private askAnew(server: Server, trial: Trial): void {
    const [first] = trial.hearing.witnesses;
    if (first === undefined) return;
    trial.hearing = { ...trial.hearing, witnesses: Array.from({ length: ASKED_IN_A_ROW }, () => ({ ...first })) };
    trial.round = [];
    trial.isSecondRound = true;
    this.underWay.set(trial.hearing, { server, trial });
    server.open.push(trial);
    void lineUp(server, trial).then(() => {
      if (server.open.includes(trial)) this.tools.hear(trial.hearing);
      else trial.leave();
    });
  }

  /** Others may still show what both answers mean. */
  private leaveOpen(server: Server, trial: Trial): void {
    setTimeout(() => {
      end(server, [trial], { kind: 'withhold' });
    }, this.tools.aloneMs).unref();
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

/** Silence and replies of another kind do not contradict an answer, and do not confirm it. */
const answersIn = (exchanges: readonly Exchange[]): ReadonlySet<Answered> =>
  new Set(exchanges.map(answeredAs).filter((answer) => answer !== null));

/** Too many of the questions got no answer. */
const isCutShort = ({ heard }: Trial): boolean => heard.filter((each) => answeredAs(each) !== null).length < ASKED_IN_A_ROW;

/** Resolves when those before it have been asked. */
function lineUp(server: Server, trial: Trial): Promise<void> {
  const turn = server.last;
  server.last = new Promise((done) => {
    trial.leave = done;
  });
  return turn;
}

/** Three equal answers after a different one are a change, but only people who are accepted every time rule out a host that knows nobody. */
function isChange({ same, takesAll }: Server, answer: Answered | undefined): boolean {
  if (answer === 'accepted') return !takesAll;
  return answer === 'refused' && same.accepted > 0 && (takesAll || Math.min(same.accepted, same.refused) >= KIND_MIN);
}

/**
 * What both answers mean. If some mailboxes are accepted every time and some are refused every time, the odd host is rarely met, and what a
 * mailbox is told more often counts. Without a made-up name that was accepted, nobody is called dead.
 */
function judgeOpen(server: Server): void {
  const { same, takesAll, open } = server;
  for (const trial of open.filter(({ heard }) => answersIn(heard).size > 1)) {
    if (takesAll && same.accepted > 0) endAs(server, trial, 'refused');
    else if (!takesAll && same.refused >= KIND_MIN && (same.accepted === 0 || isMostlyAccepted(trial)))
      endAs(server, trial, 'accepted');
  }
}

const isMostlyAccepted = ({ heard }: Trial): boolean =>
  heard.filter((each) => answeredAs(each) === 'accepted').length >= heard.filter((each) => answeredAs(each) === 'refused').length;

/** The latest exchange with this answer counts. */
function endAs(server: Server, trial: Trial, answer: Answered | undefined): void {
  const exchange = trial.heard.findLast((each) => answeredAs(each) === answer);
  end(server, [trial], exchange === undefined ? { kind: 'withhold' } : { kind: 'instead', exchange });
}

function end(server: Server, trials: readonly Trial[], how: SteadyEnd): void {
  server.open = server.open.filter((trial) => !trials.includes(trial));
  for (const { resolve } of trials) resolve(how);
}

// One question to the servers of a route, until one of them knows something about the name. Guarantees: a question is sent again, to the
// next server and after growing delays, but any answer counts that comes before the question's time is over, whichever try it answers; a
// server that fails is asked again only after a pause; a denial from a server that stands in for another is kept until the other one had
// its chance, since the stand-in may deny everything; it ends in bounded time, with a bounded number of tries. Names at or under a routed
// zone go to that zone's server only, all others to the configured servers or the system's, in order; what is known about a server is shared
// by all names for which it is asked.
import { Resolver } from 'node:dns';
import { isIP, isIPv6 } from 'node:net';
import {
  DNS_BACK_OFF_MOST_MS,
  DNS_FAILURE_PAUSES_MS,
  DNS_LATE_TIMER_MS,
  DNS_SERVERS_MAX,
  DNS_TCP_FROM_TRY,
  DNS_TRY_SHARE,
} from '@/lib/platform/limits';
import type { Knowledge, Question, ServerFailure } from './message';
import { DnsServer } from './server';
import { afterReading, type ServerAddress, type StopListening } from './udp-wire';

export interface Patience {
  /** How long a question may take in total, from when it is first sent. */
  timeoutMs: number;
  /** How often each server may be asked. */
  tries: number;
}

export interface Route extends Patience {
  servers: readonly DnsServer[];
}

const NO_SERVER: ServerFailure = { kind: 'failed', detail: 'NORESOLVER' };
const SILENCE: ServerFailure = { kind: 'failed', detail: 'TIMEOUT' };

/** Questions that wait for their answers, so that closing can give them up. */
export type UnderWay = Set<{ giveUp(): void }>;

export async function askServers(question: Question, route: Route, underWay: UnderWay): Promise<Knowledge | ServerFailure> {
  const [first, ...others] = [...route.servers].sort((a, b) => rank(a) - rank(b));
  if (first === undefined) return NO_SERVER;
  const asked = new AskedQuestion(question, [first, ...others], route);
  underWay.add(asked);
  try {
    return await asked.ask();
  } finally {
    underWay.delete(asked);
    asked.close();
  }
}

const rank = (server: DnsServer): number => (server.takesQuestion() ? 0 : 1);

/** Doubles from try to try, with a little jitter, so that what was lost together is not sent together again. */
function beforeNext(tryMs: number, tries: number): number {
  const waitMs = Math.max(tryMs, Math.min(DNS_BACK_OFF_MOST_MS, tryMs * 2 ** (tries - 1)));
  return Math.round(waitMs * (1 + Math.random() / 4));
}

/** What one server was asked and said. */
interface Standing {
  server: DnsServer;
  tries: number;
  firstSentAt: number;
  failures: number;
  /** A stand-in that says there is nothing: it need not be asked again. */
  hasDenied: boolean;
  listening: StopListening[];
}

class AskedQuestion {
  private readonly standings: readonly Standing[];
  private overAt = Infinity;
  /** How long this process stood still meanwhile, which says nothing about a server. */
  private heldMs = 0;
  private answer: Knowledge | null = null;
  private denial: Knowledge | null = null;
  private failure = SILENCE;
  private settle: () => void = () => undefined;
  private readonly answered = new Promise<void>((resolve) => (this.settle = resolve));
  /** Ends the current wait. */
  private wake: () => void = () => undefined;

  constructor(
    private readonly question: Question,
    servers: readonly DnsServer[],
    private readonly patience: Patience,
  ) {
    this.standings = servers.map((server) => ({
      server,
      tries: 0,
      firstSentAt: Infinity,
      failures: 0,
      hasDenied: false,
      listening: [],
    }));
  }

  async ask(): Promise<Knowledge | ServerFailure> {
    for (let round = 0; round < this.patience.tries; round += 1) {
      for (const standing of this.standings) {
        if (!this.isDoneWith(standing)) await this.tryAt(standing);
        if (this.answer !== null) return this.answer;
        if (this.leftMs() <= 0 || this.isHopeless()) return this.denial ?? this.failure;
      }
    }
    await this.wait(this.leftMs());
    return this.answer ?? this.denial ?? this.failure;
  }

  /** Ends its time now. */
  giveUp(): void {
    this.overAt = 0;
    this.settle();
    this.wake();
  }

  close(): void {
    for (const { listening } of this.standings) for (const stop of listening) stop();
  }

  private async tryAt(standing: Standing): Promise<void> {
    const { server, failures, tries } = standing;
    if (failures > 0) await this.wait(Math.min(this.leftMs(), DNS_FAILURE_PAUSES_MS[failures - 1] ?? 0));
    // Other questions may wait at the gate for longer than a late answer takes.
    await Promise.race([server.gate(() => this.send(standing), { isAgain: tries > 0 }), this.answered]);
  }

  /** Resolves when this try is answered or failed, or it is time for the next. */
  private async send(standing: Standing): Promise<void> {
    const { server, listening } = standing;
    if (this.answer !== null || this.leftMs() <= 0) return;
    const sentAt = performance.now();
    const heldBeforeMs = this.heldMs;
    if (this.overAt === Infinity) this.overAt = sentAt + this.patience.timeoutMs;
    let isLate = false;
    const stop = server.ask(this.question, (reply) => {
      if (reply.kind === 'failed') this.hearFailure(standing, reply);
      else {
        server.answered({ afterMs: performance.now() - sentAt - (this.heldMs - heldBeforeMs), isLate });
        this.hear(standing, reply, sentAt);
      }
    });
    listening.push(stop);
    if (standing.tries === DNS_TCP_FROM_TRY) {
      listening.push(
        server.askAlsoOverTcp(this.question, (reply) => {
          if (reply.kind !== 'failed') this.hear(standing, reply, sentAt);
        }),
      );
    }
    standing.tries += 1;
    standing.firstSentAt = Math.min(standing.firstSentAt, sentAt);
    const waitMs = Math.min(beforeNext(server.tryMs, standing.tries), this.patience.timeoutMs * DNS_TRY_SHARE);
    await this.wait(Math.min(waitMs, this.leftMs()));
    isLate = true;
  }

  private hear(standing: Standing, reply: Knowledge, sentAt: number): void {
    const isDenial = reply.kind === 'no_domain' || reply.answers.length === 0;
    if (isDenial && this.standsIn(standing)) {
      this.denial = reply;
      standing.hasDenied = true;
    } else {
      this.answer ??= reply;
      // A denial does not outdo another server: some servers deny everything.
      if (!isDenial) this.outdo(standing, sentAt);
      this.settle();
    }
    this.wake();
  }

  private outdo(standing: Standing, sentAt: number): void {
    for (const other of this.standings) if (other !== standing && other.firstSentAt < sentAt) other.server.wasOutdone();
  }

  /** A server's failure applies to all its tries: to the server they were one question. */
  private hearFailure(standing: Standing, failure: ServerFailure): void {
    for (const stop of standing.listening.splice(0)) stop();
    standing.failures += 1;
    this.failure = failure;
    this.wake();
  }

  /** This server stands in for one that was asked before it and may still answer. */
  private standsIn(standing: Standing): boolean {
    const [first] = this.standings;
    return first !== undefined && first !== standing && !first.server.isLame && !this.isDoneWith(first);
  }

  private isDoneWith({ failures, tries, hasDenied }: Standing): boolean {
    return hasDenied || tries >= this.patience.tries || failures > DNS_FAILURE_PAUSES_MS.length;
  }

  /** Every server has said its last word or is known to say nothing. */
  private isHopeless(): boolean {
    const hasSpoken = ({ hasDenied, failures }: Standing): boolean => hasDenied || failures > 0;
    return (
      this.standings.some(hasSpoken) &&
      this.standings.every((standing) => (hasSpoken(standing) && this.isDoneWith(standing)) || standing.server.isLame)
    );
  }

  private leftMs(): number {
    return Math.min(this.patience.timeoutMs, this.overAt - performance.now());
  }

  /**
   * Waits for an answer, a failure or the end of the time, which comes only after everything that has arrived was read. A late timer shows
   * that this process stood still: the servers get that time back, once per wait.
   */
  private wait(ms: number): Promise<void> {
    if (this.answer !== null || ms <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const dueAt = performance.now() + ms;
      const end = (): void => {
        afterReading(resolve);
      };
      let timer = setTimeout(() => {
        const lateMs = performance.now() - dueAt;
        if (lateMs < DNS_LATE_TIMER_MS) {
          end();
          return;
        }
        const againMs = Math.min(lateMs, ms);
        this.heldMs += lateMs;
        this.overAt += lateMs + againMs;
        timer = setTimeout(end, againMs);
      }, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

export interface ZoneRoute {
  zone: string;
  /** `host:port` or `[v6]:port` */
  server: string;
}

export interface RouteOptions extends Patience {
  /** `host:port` or `[v6]:port`; null for the system's resolvers. */
  servers: readonly string[] | null;
  zoneRoutes?: readonly ZoneRoute[];
}

/** Throws if a server is not an IP address with a valid port. */
export function createResolverRoutes(options: RouteOptions): (name: string) => Route {
  if (options.servers?.length === 0) throw new Error('no DNS server named: use null for the system’s resolvers');
  const standard = createRoute(options, options.servers ?? systemServers());
  const routes = (options.zoneRoutes ?? []).map(({ zone, server }) => ({
    zone: zone.toLowerCase(),
    route: createRoute(options, [server]),
  }));
  return (name) => routes.find(({ zone }) => name === zone || name.endsWith(`.${zone}`))?.route ?? standard;
}

/** The system's current servers, written as in the settings. */
export const systemServers = (): string[] =>
  new Resolver().getServers().map((server) => (isIPv6(server) ? `[${server}]` : server));

function createRoute({ timeoutMs, tries }: Patience, named: readonly string[]): Route {
  const servers = named.map(serverAddress).slice(0, DNS_SERVERS_MAX);
  return { servers: servers.map((address) => new DnsServer(address)), timeoutMs, tries };
}

function serverAddress(server: string): ServerAddress {
  const match = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(server);
  const address = match?.[1] ?? match?.[2] ?? '';
  const port = Number(match?.[3] ?? 53);
  if (isIP(address) === 0 || port < 1 || port > 65_535) throw new Error(`not a DNS server (IP address and port): ${server}`);
  return { address, port };
}

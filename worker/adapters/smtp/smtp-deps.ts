// What the SMTP adapter is given. Nothing here reads the environment or a database; `compose` wires it. The reply functions
// are the engine's own, injected so that the dialogue can be tested apart from the rules.
import type { ReplyMeaning, ReplyStage } from '@/lib/verdict/evidence';
import type { CatchAllStore, Provider, SendingIdentity } from '@/lib/verdict/mail-host';
import type { Clock, RoutabilityPort } from '@/worker/engine/ports';
import type { DestinationStore } from './destinations/destination-store';
import type { SendingHealthStore } from './reputation/sending-health-store';
import type { ProbeName } from './catch-all/probe-names';
import type { SmtpLimits, SmtpTimeouts } from './timeouts';

/** Where to connect so as to reach an address; a sandbox maps its addresses to loopback ports here. */
export interface DialTarget {
  host: string;
  port: number;
  localAddress: string | null;
}
export type DialRoute = (address: string, port: number, localAddress: string | null) => DialTarget;

export interface Judgement {
  meaning: ReplyMeaning;
  rule: string | null;
}
export interface JudgedReply {
  stage: ReplyStage;
  code: number;
  enhanced: string | null;
  text: string;
  /** Provider id */
  provider: string | null;
}
export type ClassifyReply = (reply: JudgedReply) => Judgement;
export type RedactReply = (text: string, names: { address: string; localPart: string; ownNames: readonly string[] }) => string;
export type RecogniseProvider = (seen: { mxHosts: readonly string[]; greeting: string | null }) => Provider | null;

export interface SmtpDeps {
  /** In the order to use them; never empty. */
  identities: readonly SendingIdentity[];
  port: number;
  dial: DialRoute;
  routability: RoutabilityPort;
  clock: Clock;
  /**
   * Local part of a catch-all probe. A function of the domain alone (for a day) lets a greylisted probe be repeated with the
   * same triplet by any worker.
   */
  randomName: ProbeName;
  classify: ClassifyReply;
  parseRetryAfterS: (text: string) => number | null;
  redact: RedactReply;
  recogniseProvider: RecogniseProvider;
  catchAll: CatchAllStore;
  health: SendingHealthStore;
  /** Null: nothing is counted by the hour. */
  destinations: DestinationStore | null;
  /** Addresses that are nobody's mail host: a sandbox's own listeners. */
  isUnbounded: (address: string) => boolean;
  timeouts: SmtpTimeouts;
  limits: SmtpLimits;
}

/** Deps with defaults left out. */
export type SmtpPortOptions = Omit<
  SmtpDeps,
  'port' | 'dial' | 'health' | 'destinations' | 'isUnbounded' | 'timeouts' | 'limits'
> & {
  port?: number;
  dial?: DialRoute;
  /** Left out: in this process only. */
  health?: SendingHealthStore;
  /** Left out: only sessions are bounded at a destination, nothing by the hour. */
  destinations?: DestinationStore;
  isUnbounded?: SmtpDeps['isUnbounded'];
  timeouts?: Partial<SmtpTimeouts>;
  limits?: Partial<SmtpLimits>;
};

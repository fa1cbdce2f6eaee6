// The dependencies of the SMTP adapter. Nothing here reads the environment or a database; `compose` wires it.
import type { CatchAllStore, SendingIdentity } from '@/lib/verdict/mail-host';
import type { Clock, RoutabilityPort } from '@/worker/engine/ports';
import type { ProbeName } from './catch-all/catch-all';
import type { DestinationStore } from './destinations/destinations';
import type { ClassifyReply, DialRoute, RecognizeProvider, RedactReply } from './ports';
import type { SendingHealthStore } from './reputation/reputation';
import type { SmtpLimits, SmtpTimeouts } from './timeouts';

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
  recognizeProvider: RecognizeProvider;
  catchAll: CatchAllStore;
  health: SendingHealthStore;
  /** Null: nothing is counted per hour. */
  destinations: DestinationStore | null;
  /** Addresses without limits, because they are not real mail hosts: a sandbox's own listeners. */
  isUnbounded: (address: string) => boolean;
  timeouts: SmtpTimeouts;
  limits: SmtpLimits;
}

/** The dependencies; those with a default may be omitted. */
export type SmtpPortOptions = Omit<
  SmtpDeps,
  'port' | 'dial' | 'health' | 'destinations' | 'isUnbounded' | 'timeouts' | 'limits'
> & {
  port?: number;
  dial?: DialRoute;
  /** Default: health is kept in this process only. */
  health?: SendingHealthStore;
  /** Default: a destination's sessions are limited, but nothing per hour. */
  destinations?: DestinationStore;
  isUnbounded?: SmtpDeps['isUnbounded'];
  timeouts?: Partial<SmtpTimeouts>;
  limits?: Partial<SmtpLimits>;
};

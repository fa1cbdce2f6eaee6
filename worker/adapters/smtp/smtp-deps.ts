// The dependencies of the SMTP adapter. Nothing here reads the environment or a database; `compose` wires it.
import type { CatchAllStore, SendingIdentity } from '@/lib/verdict/mail-host';
import type { Clock, RoutabilityPort } from '@/worker/engine/ports';
import type { ProbeName } from './catch-all/catch-all';
import type { DestinationStore } from './destinations/destinations';
import type { ClassifyReply, DialRoute, RecognizeProvider, RedactReply } from './ports';
import { createMemorySendingHealthStore, type SendingHealthStore } from './reputation/reputation';
import { SMTP_LIMITS, SMTP_TIMEOUTS, type SmtpLimits, type SmtpTimeouts } from './timeouts';

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
  /** Told of an error in our own code. The conversation in which it happened has ended; everything else goes on. */
  onFault: (error: unknown) => void;
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
  'port' | 'dial' | 'onFault' | 'health' | 'destinations' | 'isUnbounded' | 'timeouts' | 'limits'
> & {
  port?: number;
  dial?: DialRoute;
  /** Default: thrown, which ends the process. */
  onFault?: SmtpDeps['onFault'];
  /** Default: health is kept in this process only. */
  health?: SendingHealthStore;
  /** Default: a destination's sessions are limited, but nothing per hour. */
  destinations?: DestinationStore;
  isUnbounded?: SmtpDeps['isUnbounded'];
  timeouts?: Partial<SmtpTimeouts>;
  limits?: Partial<SmtpLimits>;
};

const SMTP_DEFAULT_PORT = 25;

export function depsOf(options: SmtpPortOptions): SmtpDeps {
  const { onFault = throwLater } = options;
  return {
    ...options,
    ...guardedRules(options, onFault),
    onFault,
    port: options.port ?? SMTP_DEFAULT_PORT,
    health: options.health ?? createMemorySendingHealthStore(options.clock),
    destinations: options.destinations ?? null,
    isUnbounded: options.isUnbounded ?? (() => false),
    dial: options.dial ?? ((host, port, localAddress) => ({ host, port, localAddress })),
    timeouts: { ...SMTP_TIMEOUTS, ...options.timeouts },
    limits: { ...SMTP_LIMITS, ...options.limits },
  };
}

/** A rule that fails at one reply costs what it would have said about it. */
function guardedRules(
  { classify, redact, parseRetryAfterS, recognizeProvider }: SmtpPortOptions,
  onFault: SmtpDeps['onFault'],
): Pick<SmtpDeps, 'classify' | 'redact' | 'parseRetryAfterS' | 'recognizeProvider'> {
  const guarded =
    <A extends unknown[], R>(rule: (...args: A) => R, otherwise: R) =>
    (...args: A): R => {
      try {
        return rule(...args);
      } catch (error) {
        onFault(error);
        return otherwise;
      }
    };
  return {
    classify: guarded(classify, { meaning: 'ambiguous', rule: null }),
    // Nothing is shown that may name somebody.
    redact: guarded(redact, ''),
    parseRetryAfterS: guarded(parseRetryAfterS, null),
    recognizeProvider: guarded(recognizeProvider, null),
  };
}

function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

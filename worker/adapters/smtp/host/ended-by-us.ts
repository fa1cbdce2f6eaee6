// The end of a question that no host ended: its time was up, or the adapter closes. Promises an exchange that says what was being
// waited for and for how long, so that even a time-out has its evidence; and the best that is known, where a host had spoken before.
import type { MailHost, Provider } from '@/lib/verdict/mail-host';
import type { HeldBack } from '@/worker/engine/ports';
import type { Exchange } from '../exchange';
import type { Session } from '../session/session';
import { finalOf } from './next-step';
import { withNoted, type Recipient } from './recipient';

export interface Waiting {
  hosts: readonly MailHost[];
  provider: Provider | null;
  /** The session that was waited for, where a connection stood. */
  session: Session | null;
  now: number;
  /** It was our own pace that left no time to ask. */
  isHeldBack: boolean;
}

/** The answer, and the recipient with what was noted for it. */
export interface End {
  recipient: Recipient;
  exchange: Exchange;
}

const HELD_BACK = 'our own pace left no time for this question; nobody was asked';
const FULL = 'our own hourly limit for this mail host is reached; it is asked when there is room again';

type Failure = Pick<Extract<Exchange['came'], { kind: 'failure' }>, 'failure' | 'detail' | 'heldBack'>;

function failureOf(recipient: Recipient, failure: Failure, waiting: Waiting): Exchange {
  const { hosts, provider, session, now } = waiting;
  const pending = session?.waitingFor ?? { stage: 'connect' as const, since: now };
  const nobody = { host: hosts[0]?.name ?? '', address: null, identity: recipient.sender.identity.helo };
  return {
    at: pending.since,
    durationMs: now - pending.since,
    stage: pending.stage,
    party: session?.party ?? { ...nobody, provider: provider?.id ?? null, ownNames: [] },
    came: { kind: 'failure', ...failure },
  };
}

/** A host that never said a word gave no response; that another one was slow is our budget's doing. */
function isMute({ noted }: Recipient, session: Session | null): boolean {
  if (session !== null && !session.wasHeard) return true;
  return noted.some(({ came }) => came.kind === 'failure' && came.failure === 'no_response');
}

export function overdue(recipient: Recipient, waiting: Waiting): End {
  const soFar = waiting.session === null ? recipient : withNoted(recipient, waiting.session.trail);
  const failure = isMute(soFar, waiting.session) ? 'no_response' : 'timeout';
  const isOver = { failure, detail: 'the time for this question was up' } as const;
  const isHeldBack = { failure: 'timeout', detail: HELD_BACK, heldBack: { until: null } } as const;
  const end = failureOf(soFar, waiting.isHeldBack ? isHeldBack : isOver, waiting);
  const { fallback } = recipient;
  const exchange = fallback?.came.kind === 'reply' ? finalOf(recipient, fallback, waiting.hosts) : end;
  return { recipient: withNoted(soFar, [end]), exchange };
}

export function unasked(recipient: Recipient, end: Failure, waiting: Waiting): End {
  const exchange = failureOf(recipient, end, waiting);
  return { recipient: withNoted(recipient, [exchange]), exchange };
}

/** Nothing more may be asked there for now, whatever other ways have come to. */
export const heldBack = (recipient: Recipient, until: HeldBack, waiting: Waiting): End =>
  unasked(recipient, { failure: 'timeout', detail: FULL, heldBack: until }, waiting);

/** Nobody is asked: what was said to us before stands, or what a host said to this recipient. */
export function refused(recipient: Recipient, refusal: Exchange): End {
  // A probe's evidence stands beside its mailbox's, which says the same.
  const after = recipient.spec.kind === 'probe' ? recipient : withNoted(recipient, [refusal]);
  return { recipient: after, exchange: recipient.fallback?.came.kind === 'reply' ? recipient.fallback : refusal };
}

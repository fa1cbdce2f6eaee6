// The end of a question that no host ended: its time was up, or the adapter closes. Promises an exchange that says what was being
// waited for and for how long, so that even a time-out has its evidence; and the best that is known, where a host had spoken before.
import type { MailHost, Provider } from '@/lib/verdict/mail-host';
import type { TransportFailure } from '@/lib/verdict/evidence';
import type { HeldBack } from '@/worker/engine/ports';
import type { Exchange } from '../exchange';
import { finalOf } from './next-step';
import type { Recipient } from './recipient';
import type { Session } from '../session/session';

export interface Waiting {
  hosts: readonly MailHost[];
  provider: Provider | null;
  /** The session that was waited for, where a connection stood. */
  session: Session | null;
  now: number;
  /** It was our own pace that left no time to ask. */
  isHeldBack: boolean;
}

const HELD_BACK = 'our own pace left no time for this question; nobody was asked';
const FULL = 'our own hourly limit for this mail host is reached; it is asked when there is room again';

type End = Pick<Extract<Exchange['came'], { kind: 'failure' }>, 'failure' | 'detail' | 'heldBack'>;

function failureOf(recipient: Recipient, end: End, waiting: Waiting): Exchange {
  const { hosts, provider, session, now } = waiting;
  const pending = session?.waitingFor ?? { stage: 'connect' as const, since: now };
  const nobody = { host: hosts[0]?.name ?? '', address: null, identity: recipient.sender.identity.helo };
  return {
    at: pending.since,
    durationMs: now - pending.since,
    stage: pending.stage,
    party: session?.party ?? { ...nobody, provider: provider?.id ?? null, ownNames: [] },
    came: { kind: 'failure', ...end },
  };
}

/** A host that never said a word gave no response; that another one was slow is our budget's doing. */
function isMute({ noted }: Recipient, session: Session | null): boolean {
  if (session !== null && !session.wasHeard) return true;
  return noted.some(({ came }) => came.kind === 'failure' && came.failure === 'no_response');
}

export function settleOverdue(recipient: Recipient, waiting: Waiting): void {
  if (waiting.session !== null) recipient.note(waiting.session.trail);
  const failure = isMute(recipient, waiting.session) ? 'no_response' : 'timeout';
  const isOver = { failure, detail: 'the time for this question was up' } as const;
  const isHeldBack = { failure: 'timeout', detail: HELD_BACK, heldBack: { until: null } } as const;
  const overdue = failureOf(recipient, waiting.isHeldBack ? isHeldBack : isOver, waiting);
  recipient.note([overdue]);
  const { fallback } = recipient;
  recipient.settle(fallback?.came.kind === 'reply' ? finalOf(recipient, fallback, waiting.hosts) : overdue);
}

export function settleUnasked(recipient: Recipient, end: { failure: TransportFailure; detail: string }, waiting: Waiting): void {
  const exchange = failureOf(recipient, end, waiting);
  recipient.note([exchange]);
  recipient.settle(exchange);
}

/** Nothing more may be asked there for now, whatever other ways have come to. */
export function settleHeldBack(recipient: Recipient, heldBack: HeldBack, waiting: Waiting): void {
  const exchange = failureOf(recipient, { failure: 'timeout', detail: FULL, heldBack }, waiting);
  recipient.note([exchange]);
  recipient.settle(exchange);
}

/** Nobody is asked: what was said to us before stands, or what a host said to this recipient. */
export function settleRefused(recipient: Recipient, refusal: Exchange): void {
  // A probe's evidence stands beside its mailbox's, which says the same.
  if (recipient.spec.kind !== 'probe') recipient.note([refusal]);
  recipient.settle(recipient.fallback?.came.kind === 'reply' ? recipient.fallback : refusal);
}

// Decides which recipients of a group are asked again after its session was lost or stuck. Guarantees: every try uses something up, so a
// host that ends every session costs a few connections, however many wait; and what was said to one recipient names it to no other.
import type { MailHost, Provider } from '@/lib/verdict/mail-host';
import type { HeldBack } from '@/worker/engine/ports';
import { anonymous } from '../evidence';
import { isAboutMailbox, moreTelling, type Exchange } from '../exchange';
import type { Sender } from '../senders';
import type { Session } from '../session/session';
import { finalOf, type Outcome } from './next-step';
import { nextSenderAmong, withNoted, without, type Recipient } from './recipient';
import { openRoutes } from './walk-hosts';
import { routeId, type WalkTools } from './try-route';

interface Setting {
  session: Session;
  hosts: readonly MailHost[];
  tools: WalkTools;
}

/** Asks again if that may help; otherwise settles with the most telling exchange so far. */
function tryAgain({ hosts, tools }: Setting, recipient: Recipient, exchange: Exchange): Outcome {
  const { sender, excluded, tries, fallback } = recipient;
  const hasRoute = openRoutes({ hosts, identity: sender.identity, excluded }).length > 0;
  if (hasRoute && tries < tools.deps.limits.triesARecipient) return { kind: 'again', recipient, step: 'elsewhere' };
  return { kind: 'settle', recipient, exchange: finalOf(recipient, fallback ?? exchange, hosts) };
}

function noted({ session }: Setting, recipient: Recipient, exchange: Exchange): Recipient {
  const after = withNoted(recipient, [...session.trail, exchange]);
  return { ...after, fallback: moreTelling(recipient.fallback, exchange) };
}

/** We did not want to wait any longer. */
const isOurDoing = ({ came }: Exchange): boolean => came.kind === 'failure' && came.failure === 'timeout';

/** `421 4.7.0 Greylisted` and a hang-up: this answers the recipient it was said to, and trying again at once would be no later try. */
const isGreylisted = ({ came, stage }: Exchange): boolean =>
  stage === 'rcpt' && came.kind === 'reply' && came.meaning === 'greylisted';

/** What was lost: how far it had come, whose fault it is, and whether this route to the host rests from now on. */
interface Loss {
  exchange: Exchange;
  /** The same, fit for any recipient's evidence. */
  shared: Exchange;
  isHostAtFault: boolean;
  isOver: boolean;
  /** From now on the route is taken in plain text. */
  isForPlain: boolean;
  route: string;
}

/** `421 4.1.1 User unknown, closing`: about the other recipients it says nothing but goodbye. */
const forOthers = (exchange: Exchange): Exchange =>
  isAboutMailbox(exchange) && exchange.came.kind === 'reply'
    ? { ...exchange, came: { ...exchange.came, meaning: 'temporary_failure', rule: 'said-to-another' } }
    : exchange;

function lossOf({ session, tools }: Setting, exchange: Exchange, left: { head: Recipient; answered: number }): Loss {
  const { host, address } = session.setting;
  const { head, answered } = left;
  const shared =
    exchange.stage === 'rcpt' ? forOthers(anonymous(exchange, { ...head.spec, redact: tools.deps.redact })) : exchange;
  if (answered > 0) tools.memory.learnSessionSize(host, session.answered);
  // A warm session that is gone before it answered says nothing about this group.
  const isHostAtFault = answered === 0 && session.answered === 0;
  const route = routeId(host, address);
  const isForPlain = isHostAtFault && !isOurDoing(exchange) && tools.memory.learnDrop(host, route, shared);
  const isForHead = exchange.stage === 'rcpt' && exchange.came.kind === 'failure';
  const isOver = isHostAtFault && (!isForHead || tools.memory.restingAfter(route) !== null);
  return { exchange, shared, isHostAtFault, isOver, isForPlain, route };
}

/**
 * The session is gone. Recipients that were not reached are asked again or elsewhere, a limited number of times. A host that let us down
 * without a reply about anyone is left by those who have another host, and rests after a few such losses. A hang-up at a RCPT may concern
 * that recipient only: the others go on without it.
 */
export function afterLoss(
  setting: Setting,
  exchange: Exchange,
  { unanswered, answered }: { unanswered: readonly Recipient[]; answered: number },
): readonly Outcome[] {
  const [head] = unanswered;
  if (head === undefined) return [];
  const loss = lossOf(setting, exchange, { head, answered });
  return unanswered.map((recipient, index) => afterLossOf(setting, recipient, { loss, isFirst: index === 0 }));
}

const isGoodBye = ({ came }: Exchange): boolean => came.kind === 'reply' && came.reply.code === 421;

function afterLossOf(setting: Setting, recipient: Recipient, { loss, isFirst }: { loss: Loss; isFirst: boolean }): Outcome {
  const { exchange, shared, isHostAtFault, isOver, isForPlain, route } = loss;
  const own = isFirst ? exchange : shared;
  let after = noted(setting, recipient, own);
  // A 421 means that no other recipient was looked at (RFC 5321 3.8). Behind a refused RSET they were, in one batch.
  if (isGoodBye(exchange) && (!isFirst || exchange.stage !== 'rcpt')) after = { ...after, puts: after.puts - 1 };
  // Nor is the pair of probes spent on a host that has not answered for the mailbox yet.
  const isVain = recipient.spec.kind === 'probe' && isHostAtFault && !isFirst;
  const isResting = setting.tools.memory.restingAfter(route) !== null;
  const other = isHostAtFault && !isResting ? otherSenderOf(recipient, exchange) : null;
  if ((isVain && other === null) || (isFirst && isGreylisted(exchange)))
    return { kind: 'settle', recipient: after, exchange: own };
  if (isHostAtFault || isFirst) after = { ...after, tries: after.tries + 1 };
  if (other !== null) after = { ...after, sender: other };
  else if (!isForPlain && (isOver || (isHostAtFault && isFirst))) after = without(after, route);
  return tryAgain(setting, after, own);
}

const ABOUT_SENDER: readonly string[] = ['sender_rejected', 'sender_blocked', 'policy_other', 'ambiguous'];

/** Perhaps the host ends sessions, or falls silent, because of our sender, from MAIL on. */
function otherSenderOf(recipient: Recipient, { stage, party, came }: Exchange): Sender | null {
  if ((stage !== 'mail' && stage !== 'rcpt') || party.provider !== null || recipient.spec.kind === 'witness') return null;
  if (came.kind === 'reply' ? !ABOUT_SENDER.includes(came.meaning) : came.failure === 'timeout') return null;
  return nextSenderAmong(recipient, ({ identity }) => identity === recipient.sender.identity);
}

/** Nobody is at fault: the host's PIPELINING is broken and not used again, or the session takes no further MAIL. */
export function afterStall(setting: Setting, exchange: Exchange, unanswered: readonly Recipient[]): readonly Outcome[] {
  const [head] = unanswered;
  if (head === undefined) return [];
  const shared = anonymous(exchange, { ...head.spec, redact: setting.tools.deps.redact });
  return unanswered.map((recipient, index) => {
    const after = noted(setting, recipient, index === 0 ? exchange : shared);
    return tryAgain(setting, { ...after, tries: after.tries + 1 }, exchange);
  });
}

// Ends a question that no host ended: its time was up, or the adapter closes. Guarantees: the exchange says what was waited for and for how
// long, so that even a timeout has its evidence; and if a host had spoken before, the answer is the best that is known.

export interface Waiting {
  hosts: readonly MailHost[];
  provider: Provider | null;
  /** The session that was waited for, if a connection was up. */
  session: Session | null;
  now: number;
  /** Our own pace left no time to ask. */
  isHeldBack: boolean;
}

/** The answer, and the recipient with the exchanges noted for it. */
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
    party: session?.party ?? { ...nobody, provider: provider?.id ?? null, ownNames: [], isSecure: false },
    came: { kind: 'failure', ...failure },
  };
}

/** A host that never said a word did not respond. If another host was slow, our time budget is the reason. */
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

/** Nothing more may be asked there for now, whatever other routes led to. */
export const heldBack = (recipient: Recipient, until: HeldBack, waiting: Waiting): End =>
  unasked(recipient, { failure: 'timeout', detail: FULL, heldBack: until }, waiting);

/** Asks no host: the answer is the earlier refusal of us, or what a host said to this recipient. */
export function refused(recipient: Recipient, refusal: Exchange): End {
  // The evidence of a probe is shown next to that of its mailbox, which says the same.
  const after = recipient.spec.kind === 'probe' ? recipient : withNoted(recipient, [refusal]);
  return { recipient: after, exchange: recipient.fallback?.came.kind === 'reply' ? recipient.fallback : refusal };
}

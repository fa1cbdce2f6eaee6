// Who of a group is asked again after its session was lost or stuck. Promises that each time uses something up, so that a host that ends
// every session costs a few connections however many wait; and that what was said to one recipient names it to nobody else.
import type { MailHost } from '@/lib/verdict/mail-host';
import { anonymous } from '../evidence';
import { moreTelling, type Exchange } from '../exchange';
import { openRoutes, routeId, type WalkTools } from './walk-hosts';
import { finalOf } from './next-step';
import type { Recipient } from './recipient';
import type { Session } from '../session/session';

/** Who of a group is still without an answer, and how many got one. */
export interface Left {
  unanswered: readonly Recipient[];
  answered: number;
}

interface Setting {
  session: Session;
  hosts: readonly MailHost[];
  tools: WalkTools;
}

/** True where the recipient is to be asked again; else it is settled with the most telling thing so far. */
function mayTryAgain({ hosts, tools }: Setting, recipient: Recipient, exchange: Exchange): boolean {
  const { identity } = recipient.sender;
  const hasRoute = openRoutes({ hosts, identity, excluded: recipient.excluded }).length > 0;
  if (hasRoute && recipient.tries < tools.deps.limits.triesARecipient) return true;
  recipient.settle(finalOf(recipient, recipient.fallback ?? exchange, hosts));
  return false;
}

function note({ session }: Setting, recipient: Recipient, exchange: Exchange): void {
  recipient.note([...session.trail, exchange]);
  recipient.fallback = moreTelling(recipient.fallback, exchange);
}

/** We did not want to wait any longer. */
const isOurDoing = ({ came }: Exchange): boolean => came.kind === 'failure' && came.failure === 'timeout';

/** `421 4.7.0 Greylisted` and a hang-up: that is an answer for whom it was said to, and the same try at once is no later one. */
const isGreylisted = ({ came, stage }: Exchange): boolean =>
  stage === 'rcpt' && came.kind === 'reply' && came.meaning === 'greylisted';

/**
 * The session is gone. Whoever was not reached is asked anew or elsewhere, so often; the host that let us down without a word about
 * anybody is left to those for whom there is another, and rests after a few of these. A hang-up at a RCPT may be for that one
 * recipient: the others go on without it.
 */
export function afterLoss(setting: Setting, exchange: Exchange, { unanswered, answered }: Left): Recipient[] {
  const { session, tools } = setting;
  const { host, address } = session.setting;
  const [head] = unanswered;
  if (head === undefined) return [];
  const shared = exchange.stage === 'rcpt' ? anonymous(exchange, { ...head.spec, redact: tools.deps.redact }) : exchange;
  if (answered > 0) tools.memory.learnSessionSize(host, session.answered);
  // A warm session that is gone before it answered says nothing about this group.
  const isHostAtFault = answered === 0 && session.answered === 0;
  const route = routeId(host, address);
  if (isHostAtFault && !isOurDoing(exchange)) tools.memory.learnDrop(host, route, shared);
  const isForHead = exchange.stage === 'rcpt' && exchange.came.kind === 'failure';
  const isOver = isHostAtFault && (!isForHead || tools.memory.restingAfter(route) !== null);
  return unanswered.filter((recipient, index) => {
    note(setting, recipient, index === 0 ? exchange : shared);
    // After a 421 nobody else was looked at (RFC 5321 3.8).
    if (exchange.came.kind === 'reply' && (index > 0 || exchange.stage !== 'rcpt')) recipient.puts -= 1;
    // Nor is the pair of probes spent on a host that has not answered for the mailbox yet.
    const isVain = recipient.spec.kind === 'probe' && isHostAtFault && index > 0;
    if (isVain || (index === 0 && isGreylisted(exchange))) {
      recipient.settle(index === 0 ? exchange : shared);
      return false;
    }
    if (isHostAtFault || index === 0) recipient.tries += 1;
    if (isOver || (isHostAtFault && index === 0)) recipient.exclude(route);
    return mayTryAgain(setting, recipient, exchange);
  });
}

/** Nobody is at fault but the host's PIPELINING, which is not used again. */
export function afterStall(setting: Setting, exchange: Exchange, { unanswered }: Left): Recipient[] {
  const [head] = unanswered;
  if (head === undefined) return [];
  const shared = anonymous(exchange, { ...head.spec, redact: setting.tools.deps.redact });
  return unanswered.filter((recipient, index) => {
    note(setting, recipient, index === 0 ? exchange : shared);
    recipient.tries += 1;
    return mayTryAgain(setting, recipient, exchange);
  });
}

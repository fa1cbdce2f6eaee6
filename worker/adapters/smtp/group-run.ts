// One group on one session: hands each reply to its recipient as it comes, and sorts out who has to be asked again after a refused
// MAIL, a full transaction, a demand for TLS or a lost session. Promises that whoever was not answered is either handed back or
// settled, never forgotten, and that what the host taught us is kept.
import type { MailHost } from '@/lib/domain/mail-host';
import { moreTelling, type Exchange } from './exchange';
import { openRoutes, routeId } from './host-walk';
import type { IdentityRest } from './identity-rest';
import { finalOf, nextStep, type Step } from './next-step';
import type { Recipient } from './recipient';
import type { GroupEnd, Session } from './session';
import type { SessionTools } from './session-tools';

export interface GroupSetting {
  session: Session;
  /** Never empty; one sender. */
  group: readonly Recipient[];
  lane: string;
  hosts: readonly MailHost[];
  tools: SessionTools & { rest: IdentityRest };
}

/** A reply that does not settle its recipient yet. */
interface Open {
  recipient: Recipient;
  exchange: Exchange;
  step: Step;
}

/** Who of a group is still without an answer, and how many got one. */
interface Left {
  unanswered: readonly Recipient[];
  answered: number;
}

/** True where the recipient is to be asked again. */
export function applyStep({ recipient, exchange, step }: Open): boolean {
  if (recipient.isDone) {
    recipient.spec.onLateReply?.(exchange);
    return false;
  }
  if (step.kind === 'settle') {
    recipient.settle(step.exchange);
    return false;
  }
  recipient.fallback = moreTelling(recipient.fallback, exchange);
  if (step.kind === 'become') recipient.persona = step.persona;
  if (step.kind === 'elsewhere') recipient.excluded.add(step.excluding);
  return true;
}

function heard({ session, hosts, tools }: GroupSetting, recipient: Recipient, exchange: Exchange): Open {
  recipient.note(session.trail);
  recipient.note([exchange]);
  const canSecure = session.capabilities.startTls && !session.isSecure;
  const step = nextStep(recipient, exchange, { hosts, canSecure, isFirst: session.book.answered === 0 });
  if (step.kind === 'smaller_group') {
    const { host } = session.setting;
    // Full from the first recipient of a transaction on: it is the session that is full.
    if (session.book.answeredInTransaction > 0) tools.memory.learnGroupSize(host, session.book.answeredInTransaction);
    else tools.memory.learnSessionSize(host, session.book.answered);
  }
  return { recipient, exchange, step };
}

/**
 * The session is gone. Whoever was not reached is asked anew or elsewhere, so often; the host that let us down without a word about
 * anybody is left to those for whom there is another. A hang-up at a RCPT may be for that one recipient: the others go on without it.
 */
function afterLoss({ session, hosts, tools }: GroupSetting, exchange: Exchange, left: Left): Recipient[] {
  const { host, address } = session.setting;
  if (left.unanswered.length === 0) return [];
  if (left.answered > 0) tools.memory.learnSessionSize(host, session.book.answered);
  // A warm session that is gone before it answered says nothing about this group.
  const isHostAtFault = left.answered === 0 && session.book.answered === 0;
  const isAtRecipient = exchange.stage === 'rcpt' && exchange.came.kind === 'failure';
  return left.unanswered.filter((recipient, index) => {
    recipient.note([...session.trail, exchange]);
    recipient.fallback = moreTelling(recipient.fallback, exchange);
    if (isHostAtFault || index === 0) recipient.tries += 1;
    if (isHostAtFault && (index === 0 || !isAtRecipient)) recipient.excluded.add(routeId(host, address));
    const hasRoute = openRoutes({ hosts, identity: recipient.persona.identity, excluded: recipient.excluded }).length > 0;
    if (hasRoute && recipient.tries < tools.deps.limits.triesARecipient) return true;
    recipient.settle(finalOf(recipient, recipient.fallback, hosts));
    return false;
  });
}

/** RFC 3207. Where TLS is asked for and does not work, the demand for it is the answer. */
async function secureFor({ session, hosts, tools }: GroupSetting, wanting: readonly Recipient[]): Promise<readonly Recipient[]> {
  const trouble = await session.secure(tools.deps.timeouts.starttlsMs);
  if (trouble === null) {
    tools.memory.learnTls(session.setting.host);
    return wanting;
  }
  for (const recipient of wanting) {
    recipient.note(session.trail);
    recipient.settle(finalOf(recipient, recipient.fallback ?? trouble, hosts));
  }
  return [];
}

/** All of a group refused as senders: the next question begins as somebody else. */
function restIfRefused({ group, lane, tools }: GroupSetting, open: readonly Open[]): void {
  const first = open[0];
  if (first === undefined || open.length < group.length) return;
  if (open.every(({ step }) => step.kind === 'become')) tools.rest.rest(lane, first.recipient.persona);
}

async function settleOpen(setting: GroupSetting, open: readonly Open[]): Promise<readonly Recipient[]> {
  restIfRefused(setting, open);
  const again = open.filter(applyStep);
  const wanting = again.filter(({ step }) => step.kind === 'secure').map(({ recipient }) => recipient);
  const others = again.filter(({ step }) => step.kind !== 'secure').map(({ recipient }) => recipient);
  return wanting.length === 0 ? others : [...others, ...(await secureFor(setting, wanting))];
}

function afterEnd(
  setting: GroupSetting,
  end: GroupEnd,
  left: { unanswered: readonly Recipient[]; answered: number },
): { open: Open[]; lost: Recipient[] } {
  if (end.kind === 'done') return { open: [], lost: [] };
  if (end.kind === 'lost') return { open: [], lost: afterLoss(setting, end.exchange, left) };
  const open = left.unanswered.map((recipient) => {
    // MAIL was refused: the host was never asked about this name.
    recipient.puts -= 1;
    return heard(setting, recipient, end.exchange);
  });
  return { open, lost: [] };
}

/** Those to be asked again, in their order. */
export async function runGroup(setting: GroupSetting): Promise<readonly Recipient[]> {
  const { session, group } = setting;
  const open: Open[] = [];
  let answered = 0;
  for (const recipient of group) {
    recipient.session = session;
    recipient.provider = session.provider;
    recipient.whenExpired = () => {
      if (group.every(({ isDone }) => isDone)) session.destroy();
    };
  }
  const { persona, spec } = group[0] ?? { persona: null, spec: null };
  if (persona === null) return [];
  const request = {
    mailFrom: persona.mailFrom,
    smtpUtf8: spec.needsSmtpUtf8,
    recipients: group.map(({ wireAddress }) => wireAddress),
  };
  const end = await session.ask(request, (index, exchange) => {
    const recipient = group[index];
    if (recipient === undefined) return;
    answered += 1;
    const reply = heard(setting, recipient, exchange);
    if (reply.step.kind === 'settle') applyStep(reply);
    else open.push(reply);
  });
  for (const recipient of group) {
    recipient.session = null;
    recipient.whenExpired = null;
  }
  const left = { unanswered: group.slice(answered).filter(({ isDone }) => !isDone), answered };
  const ended = afterEnd(setting, end, left);
  return [...(await settleOpen(setting, [...open, ...ended.open])), ...ended.lost];
}

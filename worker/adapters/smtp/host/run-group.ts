// Runs one group on one session: gives each reply to its recipient as it comes, and sorts out who has to be asked again after a refused
// MAIL, a full transaction, a demand for TLS, a stuck batch or a lost session. Guarantees: a recipient without an answer is handed back or
// settled, never forgotten; what the host taught us is kept; no refusal goes unweighed.
import type { MailHost } from '@/lib/verdict/mail-host';
import { isGroupTooLarge, type Exchange } from '../exchange';
import type { GroupSignals, Identities } from '../reputation/reputation';
import type { Sender } from '../senders';
import { beginsWithTls, type Answer, type Session, type SessionEnd } from '../session/session';
import { afterLoss, afterStall } from './after-loss';
import type { Asked } from './asked';
import type { ByPosition } from './by-position';
import { isAcceptance, isTriedInPlain, nextStep, saysNotHosted, takeStep, type Outcome, type Step } from './next-step';
import { disownedBy, withAnswer } from './recipient';
import type { HostTools } from './host-state';
import { routeId, type HostSession } from './try-route';

export interface GroupSetting {
  session: HostSession;
  /** Never empty; all have the same sender. */
  group: readonly Asked[];
  hosts: readonly MailHost[];
  tools: HostTools;
  identities: Identities;
  byPosition: ByPosition;
  /** Notes what the host said about us. */
  signals: GroupSignals;
}

/** A reply that does not settle its recipient yet. */
interface Open {
  asked: Asked;
  exchange: Exchange;
  step: Step;
}

/** True if the recipient has to be asked again. */
export function take(asked: Asked, outcome: Outcome): boolean {
  if (asked.isDone) return false;
  asked.recipient = outcome.recipient;
  if (outcome.kind === 'settle') asked.settle(outcome.exchange);
  return outcome.kind === 'again';
}

/** Returns the recipients to ask again, in their order. */
export async function runGroup(setting: GroupSetting): Promise<readonly Asked[]> {
  const { session, group, tools, byPosition } = setting;
  const { host, address } = session.setting;
  const open: Open[] = [];
  let answered = 0;
  let told = await session.ask(requestOf(group, session), tools.memory.of(host));
  for (;;) {
    tools.memory.learnFrom(host, told.lessons);
    for (const each of told.answers) {
      const asked = group[answered];
      if (asked === undefined) break;
      answered += 1;
      const answer = asItMeans(setting, asked, each);
      const step = hear(setting, asked, answer);
      const { exchange, before } = answer;
      if (step.kind === 'settle') byPosition.take(asked, { heard: exchange, answer: step.exchange }, { place: before, group });
      else open.push({ asked, exchange, step });
    }
    if (told.end !== null) break;
    byPosition.look();
    told = await session.listen();
  }
  for (const asked of group) asked.session = null;
  if (answered > 0) {
    tools.memory.forgetDrops(host, routeId(host, address));
    if (!session.usage.hasErred) tools.memory.learnSender(host, senderOf(group));
  }
  const unanswered = group.slice(answered).filter(({ isDone }) => !isDone);
  const ended = afterEnd(setting, told.end, { unanswered, answered });
  return [...settleOpen(setting, [...open, ...ended.open]), ...ended.lost];
}

/** Reads the reply as this host's own words for names that do not exist, if it is one of those. */
function asItMeans({ tools }: GroupSetting, { recipient }: Asked, answer: Answer): Answer {
  const exchange = tools.doubt.words.read(answer.exchange, recipient.spec);
  return exchange === answer.exchange ? answer : { ...answer, exchange };
}

function senderOf([first]: readonly Asked[]): Sender {
  if (first === undefined) throw new Error('a group of nobody');
  return first.recipient.sender;
}

function requestOf(group: readonly Asked[], session: Session) {
  for (const asked of group) asked.session = session;
  const { mailFrom } = senderOf(group);
  const smtpUtf8 = group[0]?.recipient.spec.needsSmtpUtf8 === true;
  return { mailFrom, smtpUtf8, recipients: group.map(({ recipient }) => recipient.wireAddress) };
}

/** A full group and TLS are answered by asking in another way as the same identity, as is a sender that is not liked. */
const SAME_IDENTITY: ReadonlySet<Step['kind']> = new Set(['smaller_group', 'secure', 'in_plain']);

/** Notes a reply and decides what follows from it. */
function hear({ session, hosts, tools, signals }: GroupSetting, asked: Asked, { exchange, before }: Answer): Step {
  const { host } = session.setting;
  const noted = withAnswer(asked.recipient, [...session.trail, exchange], before);
  const recipient = saysNotHosted(exchange) ? disownedBy(noted, host) : noted;
  asked.recipient = recipient;
  const { memory, doubt } = tools;
  const canSecure = session.canStartTls && beginsWithTls('usual', memory.of(host).tls);
  const canLeaveTls = (): boolean =>
    session.isSecure && memory.of(host).tls === 'usual' && !doubt.positions.hasAccepted(exchange);
  const hasAccepted = before.accepted > 0;
  const isFirst = before.answered === 0;
  const step = nextStep(recipient, exchange, { hosts, canSecure, canLeaveTls, isFirst, hasAccepted });
  if (isTriedInPlain(recipient)) memory.learnTls(host, isAcceptance(exchange) ? 'worse' : 'proved');
  const isSameIdentity = step.kind === 'become' && step.sender.identity === recipient.sender.identity;
  if (!SAME_IDENTITY.has(step.kind) && !isSameIdentity) signals.note(exchange, recipient.spec);
  // Before TLS the host looked at no recipient.
  if (step.kind === 'secure') asked.recipient = { ...recipient, puts: recipient.puts - 1 };
  if (step.kind === 'smaller_group') {
    // Full from a transaction's first recipient on: then it is the session that is full.
    const inTransaction = before.openRecipients;
    if (inTransaction > 0) tools.memory.learnGroupSize(host, inTransaction);
    else tools.memory.learnSessionSize(host, before.answered);
  }
  return step;
}

function afterEnd(
  setting: GroupSetting,
  end: SessionEnd,
  { unanswered, answered }: { unanswered: readonly Asked[]; answered: number },
): { open: Open[]; lost: readonly Asked[] } {
  const { session, signals, tools } = setting;
  const recipients = unanswered.map(({ recipient }) => recipient);
  const again = (outcomes: readonly Outcome[]) => unanswered.filter((asked, at) => isAgain(asked, outcomes[at]));
  switch (end.kind) {
    case 'opened':
    case 'done':
      return { open: [], lost: [] };
    case 'lost':
      signals.lost(end.exchange, { wasIdle: answered === 0 && session.answered > 0, wasFull: isFull(setting, end.exchange) });
      return { open: [], lost: again(afterLoss(setting, end.exchange, { unanswered: recipients, answered })) };
    case 'stalled':
      return { open: [], lost: again(afterStall(setting, end.exchange, recipients)) };
    case 'mail_refused': {
      const { exchange } = end;
      if (isOneTooMany(setting, exchange)) {
        tools.memory.learnSessionSize(session.setting.host, session.answered);
        return { open: [], lost: again(afterStall(setting, exchange, recipients)) };
      }
      const open = unanswered.map((asked) => {
        const step = hear(setting, asked, { exchange, before: session.usage });
        // The host was never asked about this name.
        if (step.kind !== 'secure') asked.recipient = { ...asked.recipient, puts: asked.recipient.puts - 1 };
        return { asked, exchange, step };
      });
      return { open, lost: [] };
    }
  }
}

/** `503 One message a session`: a second MAIL from a sender whose first one was accepted. */
const isOneTooMany = ({ session, group, tools }: GroupSetting, { stage }: Exchange): boolean =>
  stage === 'mail' && session.answered > 0 && tools.memory.of(session.setting.host).takesMailOf === senderOf(group);

/**
 * A host of no known provider ended the session after answering in it, for the first time or at the same count as before, and not in words
 * about our pace: that is how many recipients a session takes there. Within the number it is known to take, the end is about us.
 */
function isFull({ session, tools }: GroupSetting, exchange: Exchange): boolean {
  const { came } = exchange;
  if (session.provider !== null || session.answered === 0) return false;
  const isAboutPace = came.kind === 'reply' && came.meaning === 'rate_limited' && !isGroupTooLarge(exchange);
  return !isAboutPace && session.answered >= (tools.memory.of(session.setting.host).sessionSize ?? 0);
}

const isAgain = (asked: Asked, outcome: Outcome | undefined): boolean => outcome !== undefined && take(asked, outcome);

function settleOpen(setting: GroupSetting, open: readonly Open[]): readonly Asked[] {
  restIfRefused(setting, open);
  const { tools } = setting;
  const again = open.filter(({ asked, exchange, step }) => {
    if (step.kind === 'away') tools.doubt.avoid(asked.recipient.spec.domain, exchange.party);
    if (asked.isDone) asked.tellLate(exchange);
    return take(asked, takeStep(asked.recipient, exchange, step));
  });
  return again.map(({ asked }) => asked);
}

/** The whole group was refused because of its sender: the next question begins with another one. */
function restIfRefused({ group, identities }: GroupSetting, open: readonly Open[]): void {
  const first = open[0];
  if (first === undefined || open.length < group.length) return;
  if (open.every(({ step }) => step.kind === 'become')) identities.rest(first.asked.recipient.sender);
}

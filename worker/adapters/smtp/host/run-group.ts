// One group on one session: gives each reply to its recipient as it comes, and sorts out who has to be asked again after a refused
// MAIL, a full transaction, a demand for TLS, a stuck batch or a lost session. Promises that whoever was not answered is either handed
// back or settled, never forgotten, that what the host taught us is kept, and that no refusal passes unweighed.
import type { MailHost } from '@/lib/verdict/mail-host';
import type { Exchange } from '../exchange';
import type { GroupSignals, Identities } from '../reputation/reputation';
import type { Answer, Session, SessionEnd } from '../session/session';
import { afterLoss, afterStall } from './after-loss';
import type { Answers } from './answers';
import type { Asked } from './asked';
import { finalOf, hasRouteWithout, nextStep, saysNotHosted, takeStep, type Outcome, type Step } from './next-step';
import { disownedBy, withNoted, without } from './recipient';
import { routeId, troubleOf, type WalkTools } from './walk-hosts';

export interface GroupSetting {
  session: Session;
  /** Never empty; one sender. */
  group: readonly Asked[];
  hosts: readonly MailHost[];
  tools: WalkTools;
  identities: Identities;
  answers: Answers;
  /** What is heard about us is noted here. */
  signals: GroupSignals;
}

/** A reply that does not settle its recipient yet. */
interface Open {
  asked: Asked;
  exchange: Exchange;
  step: Step;
}

/** True where it is to be asked again. */
export function take(asked: Asked, outcome: Outcome): boolean {
  if (asked.isDone) return false;
  asked.recipient = outcome.recipient;
  if (outcome.kind === 'settle') asked.settle(outcome.exchange);
  return outcome.kind === 'again';
}

/** Those to be asked again, in their order. */
export async function runGroup(setting: GroupSetting): Promise<readonly Asked[]> {
  const { session, group, tools, answers } = setting;
  const { host, address } = session.setting;
  const open: Open[] = [];
  let answered = 0;
  let told = await session.ask(requestOf(group, session), tools.memory.of(host));
  for (;;) {
    tools.memory.learnFrom(host, told.lessons);
    for (const answer of told.answers) {
      const asked = group[answered];
      if (asked === undefined) break;
      answered += 1;
      const step = hear(setting, asked, answer);
      if (step.kind === 'settle') answers.give(asked, { heard: answer.exchange, answer: step.exchange });
      else open.push({ asked, exchange: answer.exchange, step });
    }
    if (told.end !== null) break;
    told = await session.listen();
  }
  for (const asked of group) asked.session = null;
  if (answered > 0) tools.memory.forgetDrops(host, routeId(host, address));
  const unanswered = group.slice(answered).filter(({ isDone }) => !isDone);
  const ended = afterEnd(setting, told.end, { unanswered, answered });
  return [...(await settleOpen(setting, [...open, ...ended.open])), ...ended.lost];
}

function requestOf(group: readonly Asked[], session: Session) {
  for (const asked of group) asked.session = session;
  const [first] = group;
  const mailFrom = first?.recipient.sender.mailFrom ?? '';
  const smtpUtf8 = first?.recipient.spec.needsSmtpUtf8 === true;
  return { mailFrom, smtpUtf8, recipients: group.map(({ recipient }) => recipient.wireAddress) };
}

/** Notes a reply, and what follows from it. */
function hear({ session, hosts, tools, signals }: GroupSetting, asked: Asked, { exchange, before }: Answer): Step {
  const { host } = session.setting;
  const noted = withNoted(asked.recipient, [...session.trail, exchange]);
  const recipient = saysNotHosted(exchange) ? disownedBy(noted, host) : noted;
  asked.recipient = recipient;
  const canSecure = session.capabilities.startTls && !session.isSecure && !tools.memory.of(host).isTlsBroken;
  const hasAccepted = before.accepted > 0;
  const step = nextStep(recipient, exchange, { hosts, canSecure, isFirst: before.answered === 0, hasAccepted });
  // Full groups, a demand for TLS and a sender that is not liked are answered by another way of asking, as the same identity.
  const isSameIdentity = step.kind === 'become' && step.sender.identity === recipient.sender.identity;
  if (step.kind !== 'smaller_group' && step.kind !== 'secure' && !isSameIdentity) signals.note(exchange, recipient.spec);
  if (step.kind === 'smaller_group') {
    // Full from the first recipient of a transaction on: it is the session that is full.
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
  const { session, signals } = setting;
  const recipients = unanswered.map(({ recipient }) => recipient);
  const again = (outcomes: readonly Outcome[]) => unanswered.filter((asked, at) => isAgain(asked, outcomes[at]));
  switch (end.kind) {
    case 'opened':
    case 'done':
      return { open: [], lost: [] };
    case 'lost':
      signals.lost(end.exchange, answered === 0 && session.answered > 0);
      return { open: [], lost: again(afterLoss(setting, end.exchange, { unanswered: recipients, answered })) };
    case 'stalled':
      return { open: [], lost: again(afterStall(setting, end.exchange, recipients)) };
    case 'mail_refused': {
      const { exchange } = end;
      const open = unanswered.map((asked) => {
        // The host was never asked about this name.
        asked.recipient = { ...asked.recipient, puts: asked.recipient.puts - 1 };
        return { asked, exchange, step: hear(setting, asked, { exchange, before: session.usage }) };
      });
      return { open, lost: [] };
    }
  }
}

const isAgain = (asked: Asked, outcome: Outcome | undefined): boolean => outcome !== undefined && take(asked, outcome);

async function settleOpen(setting: GroupSetting, open: readonly Open[]): Promise<readonly Asked[]> {
  restIfRefused(setting, open);
  const again = open.filter(({ asked, exchange, step }) => {
    if (asked.isDone) asked.tellLate(exchange);
    return take(asked, takeStep(asked.recipient, exchange, step));
  });
  const wanting = again.filter(({ step }) => step.kind === 'secure').map(({ asked }) => asked);
  const others = again.filter(({ step }) => step.kind !== 'secure').map(({ asked }) => asked);
  return wanting.length === 0 ? others : [...others, ...(await secureFor(setting, wanting))];
}

/** All of a group refused as senders: the next question begins as somebody else. */
function restIfRefused({ group, identities }: GroupSetting, open: readonly Open[]): void {
  const first = open[0];
  if (first === undefined || open.length < group.length) return;
  if (open.every(({ step }) => step.kind === 'become')) identities.rest(first.asked.recipient.sender);
}

/** RFC 3207. Where TLS is asked for and does not work, the demand for it is the answer, unless another host can be asked. */
async function secureFor({ session, hosts, tools }: GroupSetting, wanting: readonly Asked[]): Promise<readonly Asked[]> {
  const { host } = session.setting;
  const trouble = troubleOf(await session.secure());
  if (trouble === null) {
    tools.memory.learnTls(host);
    return wanting;
  }
  // Nobody else has to wait for the same handshake to fail.
  if (trouble.stage === 'starttls') tools.memory.learnBrokenTls(host);
  return wanting.filter((asked) => {
    const recipient = withNoted(asked.recipient, session.trail);
    if (hasRouteWithout(recipient, host, hosts))
      return take(asked, { kind: 'again', recipient: without(recipient, host), step: 'elsewhere' });
    const exchange = finalOf(recipient, recipient.fallback ?? trouble, hosts);
    return take(asked, { kind: 'settle', recipient, exchange });
  });
}

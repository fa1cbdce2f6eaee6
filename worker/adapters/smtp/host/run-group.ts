// One group on one session: hands each reply to its recipient as it comes, and sorts out who has to be asked again after a refused
// MAIL, a full transaction, a demand for TLS, a stuck batch or a lost session. Promises that whoever was not answered is either handed
// back or settled, never forgotten, that what the host taught us is kept, and that no refusal passes unweighed.
import type { MailHost } from '@/lib/verdict/mail-host';
import { afterLoss, afterStall, type Left } from './after-loss';
import { moreTelling, type Exchange } from '../exchange';
import type { GroupSignals } from '../reputation/signals';
import { routeId, troubleOf, type WalkTools } from './walk-hosts';
import type { IdentityRest } from '../reputation/identity-rest';
import { finalOf, hasRouteWithout, nextStep, type Step } from './next-step';
import type { Recipient } from './recipient';
import type { RefusalBreakers } from '../doubt/doubt';
import type { Answer, Session, SessionEnd } from '../session/session';

export interface GroupSetting {
  session: Session;
  /** Never empty; one sender. */
  group: readonly Recipient[];
  queue: string;
  hosts: readonly MailHost[];
  tools: WalkTools & { rest: IdentityRest; breakers: RefusalBreakers };
  /** What is heard about us is noted here. */
  signals: GroupSignals;
}

/** A reply that does not settle its recipient yet. */
interface Open {
  recipient: Recipient;
  exchange: Exchange;
  step: Step;
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
  if (step.kind === 'become') recipient.sender = step.sender;
  if (step.kind === 'elsewhere') recipient.exclude(step.excluding);
  return true;
}

function heard({ session, hosts, tools, signals }: GroupSetting, recipient: Recipient, { exchange, before }: Answer): Open {
  recipient.note(session.trail);
  recipient.noteOne(exchange);
  const { host } = session.setting;
  const answeredInTransaction = before.open?.recipients ?? 0;
  const canSecure = session.capabilities.startTls && !session.isSecure && !tools.memory.of(host).isTlsBroken;
  const step = nextStep(recipient, exchange, {
    hosts,
    canSecure,
    isFirst: before.answered === 0,
    hasAccepted: before.accepted > 0,
  });
  signals.note(exchange, step, recipient);
  if (step.kind === 'smaller_group') {
    // Full from the first recipient of a transaction on: it is the session that is full.
    if (answeredInTransaction > 0) tools.memory.learnGroupSize(host, answeredInTransaction);
    else tools.memory.learnSessionSize(host, before.answered);
  }
  return { recipient, exchange, step };
}

/** RFC 3207. Where TLS is asked for and does not work, the demand for it is the answer, unless another host can be asked. */
async function secureFor({ session, hosts, tools }: GroupSetting, wanting: readonly Recipient[]): Promise<readonly Recipient[]> {
  const { host } = session.setting;
  const trouble = troubleOf(await session.secure());
  if (trouble === null) {
    tools.memory.learnTls(host);
    return wanting;
  }
  // Nobody else has to wait for the same handshake to fail.
  if (trouble.stage === 'starttls') tools.memory.learnBrokenTls(host);
  return wanting.filter((recipient) => {
    recipient.note(session.trail);
    if (hasRouteWithout(recipient, host, hosts)) {
      recipient.exclude(host);
      return true;
    }
    recipient.settle(finalOf(recipient, recipient.fallback ?? trouble, hosts));
    return false;
  });
}

/** All of a group refused as senders: the next question begins as somebody else. */
function restIfRefused({ group, queue, tools }: GroupSetting, open: readonly Open[]): void {
  const first = open[0];
  if (first === undefined || open.length < group.length) return;
  if (open.every(({ step }) => step.kind === 'become')) tools.rest.rest(queue, first.recipient.sender);
}

async function settleOpen(setting: GroupSetting, open: readonly Open[]): Promise<readonly Recipient[]> {
  restIfRefused(setting, open);
  const again = open.filter(applyStep);
  const wanting = again.filter(({ step }) => step.kind === 'secure').map(({ recipient }) => recipient);
  const others = again.filter(({ step }) => step.kind !== 'secure').map(({ recipient }) => recipient);
  return wanting.length === 0 ? others : [...others, ...(await secureFor(setting, wanting))];
}

function afterEnd(setting: GroupSetting, end: SessionEnd, left: Left): { open: Open[]; lost: Recipient[] } {
  if (end.kind === 'done' || end.kind === 'opened') return { open: [], lost: [] };
  if (end.kind === 'lost') setting.signals.lost(end.exchange, left.answered === 0 && setting.session.answered > 0);
  if (end.kind === 'lost') return { open: [], lost: afterLoss(setting, end.exchange, left) };
  if (end.kind === 'stalled') return { open: [], lost: afterStall(setting, end.exchange, left) };
  const open = left.unanswered.map((recipient) => {
    // MAIL was refused: the host was never asked about this name.
    recipient.puts -= 1;
    return heard(setting, recipient, { exchange: end.exchange, before: setting.session.usage });
  });
  return { open, lost: [] };
}

/** Those to be asked again, in their order. */
export async function runGroup(setting: GroupSetting): Promise<readonly Recipient[]> {
  const { session, group, queue, tools } = setting;
  const open: Open[] = [];
  let answered = 0;
  const whenExpired = (): void => {
    if (group.every(({ isDone }) => isDone)) session.destroy();
  };
  for (const recipient of group) {
    recipient.session = session;
    recipient.provider = session.provider;
    recipient.whenExpired = whenExpired;
  }
  const { sender, spec } = group[0] ?? { sender: null, spec: null };
  if (sender === null) return [];
  const request = {
    mailFrom: sender.mailFrom,
    smtpUtf8: spec.needsSmtpUtf8,
    recipients: group.map(({ wireAddress }) => wireAddress),
  };
  const breakers = tools.breakers.at(queue, session.provider?.id ?? null);
  const { host, address } = session.setting;
  let told = await session.ask(request, tools.memory.of(host));
  for (;;) {
    tools.memory.learnFrom(host, told.lessons);
    for (const answer of told.answers) {
      const recipient = group[answered];
      if (recipient === undefined) break;
      answered += 1;
      const reply = heard(setting, recipient, answer);
      // An answer that settles its recipient, unless it is a refusal that is not believed yet.
      if (reply.step.kind === 'settle') tools.breakers.weigh(reply, breakers, applyStep);
      else open.push(reply);
    }
    if (told.end !== null) break;
    told = await session.listen();
  }
  for (const recipient of group) {
    recipient.session = null;
    recipient.whenExpired = null;
  }
  if (answered > 0) tools.memory.forgetDrops(host, routeId(host, address));
  const left = { unanswered: group.slice(answered).filter(({ isDone }) => !isDone), answered };
  const ended = afterEnd(setting, told.end, left);
  return [...(await settleOpen(setting, [...open, ...ended.open])), ...ended.lost];
}

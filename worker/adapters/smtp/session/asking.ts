// How a group is asked: MAIL and RCPT for each, all at once where the host takes a batch (RFC 2920), else one at a time. A group that
// fits the open transaction needs no MAIL, so that a warm session answers in one round trip. Promises that each reply goes to the
// recipient it was for, and that a batch which gets stuck is told apart from a host that is slow.
import { isClosing, isGroupTooLarge, isPositive, type Exchange } from '../exchange';
import type { Command } from '../wire/wire';
import {
  CLOSE,
  closed,
  end,
  exchangeOf,
  ready,
  say,
  type Answer,
  type Asking,
  type Group,
  type Heard,
  type SessionEffect,
  type SessionEvent,
  type SessionState,
  type Setup,
  type Step,
  type Waiting,
} from './state';
import { isSlowedDown } from './tiring';
import { withoutTransaction, withReply, withTransaction } from './usage';

/** The rest of a batch was lost (silence), or looked at in another order (`503 5.5.1 Need MAIL command`). */
const isStuck = ({ came, stage }: Exchange): boolean =>
  stage === 'rcpt' && (came.kind === 'failure' ? came.failure === 'no_response' : came.reply.code === 503);

function waitingFor({ commands, place, isTrial }: Asking, since: number): Waiting {
  const verb = commands[place]?.verb;
  if (verb === 'RSET') return { stage: 'rset', since, atMost: 'mailMs' };
  if (verb === 'MAIL') return { stage: 'mail', since, atMost: 'mailMs' };
  return { stage: 'rcpt', since, atMost: isTrial && place > 0 ? 'pipelineMs' : 'rcptMs' };
}

export function ask(state: SessionState, { group, lessons, roomInOpen, at }: Extract<SessionEvent, { kind: 'ask' }>): Step {
  const commands = commandsFor(state, group, roomInOpen);
  const isPipelined = state.capabilities.pipelining && lessons.pipelines !== false && commands.length > 1;
  // Providers that we know keep their promise, and some of them let strangers wait.
  const isTrial = isPipelined && lessons.pipelines === null && state.provider === null;
  const asking: Asking = { group, commands, place: 0, isPipelined, isTrial, refusal: null };
  const usage = commands[0]?.verb === 'RSET' ? withoutTransaction(state.usage) : state.usage;
  return say(
    { ...state, usage },
    { at: 'asking', asking },
    { ...waitingFor(asking, at), commands: isPipelined ? commands : commands.slice(0, 1) },
  );
}

function commandsFor({ usage }: SessionState, group: Group, roomInOpen: number): readonly Command[] {
  const recipients = group.recipients.map((to): Command => ({ verb: 'RCPT', to }));
  if (roomInOpen >= group.recipients.length) return recipients;
  const mail: Command = { verb: 'MAIL', from: group.mailFrom, smtpUtf8: group.smtpUtf8 };
  return usage.open === null ? [mail, ...recipients] : [{ verb: 'RSET' }, mail, ...recipients];
}

/** What comes of the replies that came in together. */
interface Turn {
  state: SessionState;
  asking: Asking;
  waiting: Waiting;
  answers: readonly Answer[];
  effects: readonly SessionEffect[];
  isOver: boolean;
}

export function hearGroup(state: SessionState, asking: Asking, heard: readonly Heard[], setup: Setup): Step {
  let turn: Turn = {
    state,
    asking,
    waiting: waitingFor(asking, state.waiting?.since ?? state.heardAt),
    answers: [],
    effects: [],
    isOver: false,
  };
  for (const each of heard) {
    if (turn.isOver) break;
    turn = hearOne(turn, each, setup);
  }
  const { answers, effects } = turn;
  return { state: turn.state, effects: answers.length === 0 ? effects : [{ kind: 'answer', answers }, ...effects] };
}

function hearOne(turn: Turn, heard: Heard, setup: Setup): Turn {
  const { asking, waiting } = turn;
  const exchange = exchangeOf(turn.state, waiting, heard, setup);
  const { stage } = exchange;
  const isAboutGroup = asking.refusal === null;
  if (asking.isTrial && asking.place > 0 && isAboutGroup && isStuck(exchange)) {
    const lesson: SessionEffect = { kind: 'learn', lesson: { kind: 'pipelining', works: false } };
    return over(turn, closed(turn.state), [lesson, CLOSE, end({ kind: 'stalled', exchange })]);
  }
  const after = stage === 'mail' ? { ...turn.state, trail: [...turn.state.opening, exchange] } : turn.state;
  if (isClosing(exchange) || (stage === 'rset' && !isPositive(exchange)))
    return over(turn, closed(after), [CLOSE, end({ kind: 'lost', exchange })]);
  if (stage === 'mail') return afterMail({ ...turn, state: after }, exchange, heard.at);
  return stage === 'rcpt' && isAboutGroup ? afterRecipient(turn, exchange, heard.at) : goOn(turn, heard.at);
}

const over = (turn: Turn, state: SessionState, effects: readonly SessionEffect[]): Turn => ({
  ...turn,
  state,
  effects: [...turn.effects, ...effects],
  isOver: true,
});

function afterMail(turn: Turn, exchange: Exchange, at: number): Turn {
  const { state, asking } = turn;
  if (!isPositive(exchange)) return goOn({ ...turn, asking: { ...asking, refusal: exchange } }, at);
  return goOn({ ...turn, state: { ...state, usage: withTransaction(state.usage, asking.group) } }, at);
}

function afterRecipient(turn: Turn, exchange: Exchange, at: number): Turn {
  const { state, answers, effects } = turn;
  const isSlowed = !isGroupTooLarge(exchange) && isSlowedDown(state.usage, { since: exchange.at, now: at });
  const answer = { exchange, before: state.usage };
  const next = { ...turn, state: { ...state, usage: withReply(state.usage, exchange, at) }, answers: [...answers, answer] };
  return goOn(isSlowed ? { ...next, effects: [...effects, { kind: 'learn', lesson: { kind: 'tires' } }] } : next, at);
}

/** To the next command, or to the end of the group. RCPT after a refused MAIL could only be answered by 503. */
function goOn(turn: Turn, at: number): Turn {
  const { state, waiting } = turn;
  const asking = { ...turn.asking, place: turn.asking.place + 1 };
  const { commands, place, isPipelined, isTrial, refusal } = asking;
  if (place === commands.length || (refusal !== null && !isPipelined)) {
    const lesson: SessionEffect = { kind: 'learn', lesson: { kind: 'pipelining', works: true } };
    const how = end(refusal === null ? { kind: 'done' } : { kind: 'mail_refused', exchange: refusal });
    return over(turn, ready(state), isTrial && refusal === null ? [lesson, how] : [how]);
  }
  const next = waitingFor(asking, isPipelined ? waiting.since : at);
  const onward = { ...turn, asking, waiting: next, state: { ...state, phase: { at: 'asking' as const, asking }, waiting: next } };
  if (isPipelined) return onward;
  return { ...onward, effects: [...turn.effects, { kind: 'send', commands: commands.slice(place, place + 1) }] };
}

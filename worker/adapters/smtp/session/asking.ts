// How a group is asked: MAIL and the RCPTs, all at once if the host takes a batch (RFC 2920), otherwise one at a time. A group that fits
// the open transaction needs no MAIL, so a warm session answers in one round trip. Guarantees: each reply goes to the recipient it was for,
// and a batch that gets stuck is told apart from a slow host.
import { isClosing, isGroupTooLarge, isPositive, type Exchange } from '../exchange';
import type { Command } from '../wire/wire';
import {
  CLOSE,
  CLOSED,
  end,
  exchangeOf,
  READY,
  say,
  turned,
  type Answer,
  type Asking,
  type Group,
  type Heard,
  type SessionEffect,
  type SessionEnd,
  type SessionEvent,
  type SessionState,
  type Setup,
  type Step,
  type Waiting,
} from './state';
import { isSlowedDown, withErrors, withoutTransaction, withReply, withTransaction, type Usage } from './usage';

/**
 * The rest of a batch was lost (silence) or processed in another order (`503 5.5.1 Need MAIL command`). Silence after MAIL counts too: a
 * host may hold back its replies until the whole batch has them, however long one of them takes.
 */
const isStuck = ({ came, stage }: Exchange, place: number): boolean =>
  came.kind === 'failure'
    ? came.failure === 'no_response' && (stage === 'mail' || (stage === 'rcpt' && place > 0))
    : stage === 'rcpt' && place > 0 && came.reply.code === 503;

function waitingFor({ commands, isTrial }: Asking, place: number, since: number): Waiting {
  const verb = commands[place]?.verb;
  if (verb === 'RSET') return { stage: 'rset', since, atMost: 'mailMs' };
  if (verb === 'MAIL') return { stage: 'mail', since, atMost: 'mailMs' };
  return { stage: 'rcpt', since, atMost: isTrial && place > 0 ? 'pipelineMs' : 'rcptMs' };
}

export function ask(state: SessionState, { group, lessons, roomInOpen, at }: Extract<SessionEvent, { kind: 'ask' }>): Step {
  const commands = commandsFor(state, group, roomInOpen);
  const isPipelined = state.capabilities.pipelining && lessons.pipelines !== false && commands.length > 1;
  // Known providers answer whole batches, and some of them keep strangers waiting.
  const isTrial = isPipelined && lessons.pipelines === null && state.provider === null;
  const asking: Asking = { group, commands, place: 0, isPipelined, isTrial, refusal: null };
  const { stage, since, atMost } = waitingFor(asking, 0, at);
  return say(
    commands[0]?.verb === 'RSET' ? { ...state, usage: withoutTransaction(state.usage) } : state,
    { at: 'asking', asking },
    { commands: isPipelined ? commands : commands.slice(0, 1), stage, since, atMost },
  );
}

function commandsFor({ usage }: SessionState, group: Group, roomInOpen: number): readonly Command[] {
  const recipients = group.recipients.map((to): Command => ({ verb: 'RCPT', to }));
  if (roomInOpen >= group.recipients.length) return recipients;
  const mail: Command = { verb: 'MAIL', from: group.mailFrom, smtpUtf8: group.smtpUtf8 };
  return usage.open === null ? [mail, ...recipients] : [{ verb: 'RSET' }, mail, ...recipients];
}

/** Progress through a batch of replies. Mutated only here, while the batch is read; the result is a new state. */
interface Turn {
  readonly asking: Asking;
  place: number;
  refusal: Exchange | null;
  usage: Usage;
  trail: readonly Exchange[];
  waiting: Waiting;
  readonly answers: Answer[];
  readonly effects: SessionEffect[];
  end: SessionEnd | null;
}

export function hearGroup(state: SessionState, asking: Asking, heard: readonly Heard[], setup: Setup): Step {
  const { place, refusal } = asking;
  const { usage, trail, opening } = state;
  const waiting = waitingFor(asking, place, state.waiting?.since ?? state.heardAt);
  const turn: Turn = { asking, place, refusal, usage, trail, waiting, answers: [], effects: [], end: null };
  for (const each of heard) {
    if (turn.end !== null) break;
    const exchange = exchangeOf(state, turn.waiting, each, setup);
    if (exchange.stage === 'mail') turn.trail = [...opening, exchange];
    turn.end = endBy(turn, exchange);
    if (turn.end === null) hearOne(turn, exchange, state.heardAt);
  }
  return stepOf(state, turn);
}

/** What ends the session in the middle of a group. */
function endBy({ asking, place, refusal, effects }: Turn, exchange: Exchange): SessionEnd | null {
  if (asking.isTrial && refusal === null && isStuck(exchange, place)) {
    effects.push({ kind: 'learn', lesson: { kind: 'pipelining', works: false } });
    return { kind: 'stalled', exchange };
  }
  return isClosing(exchange) || (exchange.stage === 'rset' && !isPositive(exchange)) ? { kind: 'lost', exchange } : null;
}

function hearOne(turn: Turn, exchange: Exchange, at: number): void {
  turn.usage = withErrors(turn.usage, exchange, turn.refusal !== null);
  const { usage, asking } = turn;
  if (exchange.stage === 'mail') {
    if (isPositive(exchange)) turn.usage = withTransaction(usage, asking.group);
    else turn.refusal = exchange;
  }
  if (exchange.stage === 'rcpt' && turn.refusal === null) {
    const isSlowed = !isGroupTooLarge(exchange) && isSlowedDown(usage, { since: exchange.at, now: at });
    if (isSlowed) turn.effects.push({ kind: 'learn', lesson: { kind: 'tires' } });
    turn.answers.push({ exchange, before: usage });
    turn.usage = withReply(usage, exchange, at);
  }
  goOn(turn, at);
}

/** Goes on to the next command or to the end of the group. RCPT after a refused MAIL could only be answered with 503. */
function goOn(turn: Turn, at: number): void {
  const { refusal, effects } = turn;
  const { commands, isPipelined, isTrial } = turn.asking;
  turn.place += 1;
  if (turn.place === commands.length || (refusal !== null && !isPipelined)) {
    if (isTrial && refusal === null) effects.push({ kind: 'learn', lesson: { kind: 'pipelining', works: true } });
    turn.end = refusal === null ? { kind: 'done' } : { kind: 'mail_refused', exchange: refusal };
    return;
  }
  // The recipients of a batch were named at the same moment and have the same wait.
  const isSame = isPipelined && !isTrial && turn.waiting.stage === 'rcpt';
  if (!isSame) turn.waiting = waitingFor(turn.asking, turn.place, isPipelined ? turn.waiting.since : at);
  if (!isPipelined) effects.push({ kind: 'send', commands: commands.slice(turn.place, turn.place + 1) });
}

function stepOf(before: SessionState, { asking, place, refusal, usage, trail, waiting, answers, effects, end: how }: Turn): Step {
  const told: readonly SessionEffect[] = answers.length === 0 ? effects : [{ kind: 'answer', answers }, ...effects];
  if (how === null) {
    const { group, commands, isPipelined, isTrial } = asking;
    const phase = { at: 'asking', asking: { group, commands, place, isPipelined, isTrial, refusal } } as const;
    return { state: turned(before, { phase, waiting, usage, trail }), effects: told };
  }
  const isReady = how.kind === 'done' || how.kind === 'mail_refused';
  const state = turned(before, { phase: isReady ? READY : CLOSED, waiting: null, usage, trail });
  return { state, effects: isReady ? [...told, end(how)] : [...told, CLOSE, end(how)] };
}

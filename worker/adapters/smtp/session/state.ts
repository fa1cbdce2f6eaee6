// What a session's reducer works on: the state of the dialogue, the events that can happen, and the effects to carry out. All are plain
// values, so that a test can put any session into any state. Here a host's reply becomes an exchange, with our reading of it.
import type { ReplyStage, SmtpReply } from '@/lib/verdict/evidence';
import type { Provider, SendingIdentity } from '@/lib/verdict/mail-host';
import { toCame, type Exchange, type Party } from '../exchange';
import { ownNamesOf } from '../senders';
import type { ClassifyReply, RecognizeProvider } from '../ports';
import type { SmtpTimeouts } from '../timeouts';
import type { Command, WireFailure } from '../wire/wire';
import { NO_CAPABILITIES, UNUSED, type Capabilities, type Envelope, type HostLessons, type Usage } from './usage';

/** What stays the same for the whole session. */
export interface Setup {
  host: string;
  address: string;
  identity: SendingIdentity;
  /** Names for EHLO and HELO, in the order to try. */
  heloNames: readonly string[];
  /** Begin with HELO, because EHLO leads to nothing there. */
  saysHelo: boolean;
  mxHosts: readonly string[];
  /** The address of our end of the connection. */
  localAddress: string | null;
  recognizeProvider: RecognizeProvider;
  classify: ClassifyReply;
}

/** Recipients to ask together, with one sender, in one transaction. */
export interface Group extends Envelope {
  readonly recipients: readonly string[];
}

/** A group that is being asked. */
export interface Asking {
  readonly group: Group;
  readonly commands: readonly Command[];
  /** The position of the command whose reply comes next. */
  readonly place: number;
  readonly isPipelined: boolean;
  /** The host has not yet shown that it answers a whole batch. */
  readonly isTrial: boolean;
  /** The refusal of MAIL; if set, no recipient of the group is asked. */
  readonly refusal: Exchange | null;
}

export type Phase =
  | { readonly at: 'new' | 'greeting' | 'ready' | 'starttls' | 'handshake' | 'quitting' | 'closed' }
  /** `form` counts through EHLO and HELO with each of our names; it is the last one sent. */
  | { readonly at: 'hello'; readonly form: number }
  /** The host would not begin: only QUIT is left. */
  | { readonly at: 'refused' }
  | { readonly at: 'asking'; readonly asking: Asking };

/** What is waited for, since when (epoch ms), and how long at most. */
export interface Waiting {
  readonly stage: ReplyStage;
  readonly since: number;
  readonly atMost: keyof SmtpTimeouts;
}

export interface SessionState {
  readonly phase: Phase;
  readonly waiting: Waiting | null;
  /** Epoch ms of the last reply, or of the connection. */
  readonly heardAt: number;
  readonly capabilities: Capabilities;
  /** The last positive reply to EHLO or HELO. */
  readonly hello: Exchange | null;
  readonly provider: Provider | null;
  readonly party: Party;
  readonly usage: Usage;
  /** The walk that led here, greeting, EHLO, STARTTLS. */
  readonly opening: readonly Exchange[];
  /** The exchanges that a group's questions share, in order: the opening and the last MAIL. */
  readonly trail: readonly Exchange[];
}

export type SessionEvent =
  | { kind: 'connected'; at: number }
  | { kind: 'secure'; at: number }
  | { kind: 'ask'; group: Group; lessons: HostLessons; roomInOpen: number; at: number }
  | { kind: 'quit'; at: number }
  /** All that came in together. */
  | { kind: 'replies'; replies: readonly SmtpReply[]; at: number }
  /** There was no reply: the time was up, or the connection is gone. */
  | { kind: 'failed'; failure: WireFailure; at: number }
  /** The TLS handshake is done. */
  | { kind: 'secured'; at: number };

/** What a session reveals about its host. */
export type Lesson = { kind: 'pipelining'; works: boolean } | { kind: 'tires' };

export type SessionEnd =
  /** The host greeted us and accepted our name, under TLS if we asked for it; or the exchange that stood in the way. */
  | { kind: 'opened'; trouble: Exchange | null }
  /** The whole group was answered. */
  | { kind: 'done' }
  /** MAIL was refused, so no recipient of the group was asked. */
  | { kind: 'mail_refused'; exchange: Exchange }
  /** The host announced PIPELINING, but a batch got stuck. It may answer one command at a time. */
  | { kind: 'stalled'; exchange: Exchange }
  /** The session is over; recipients without a reply were not answered. */
  | { kind: 'lost'; exchange: Exchange };

/** A reply to RCPT, and the session's usage before it. */
export interface Answer {
  readonly exchange: Exchange;
  readonly before: Usage;
}

export type SessionEffect =
  | { kind: 'send'; commands: readonly Command[] }
  | { kind: 'close' }
  /** Replies to RCPT, in the order of the group. */
  | { kind: 'answer'; answers: readonly Answer[] }
  | { kind: 'learn'; lesson: Lesson }
  | { kind: 'end'; end: SessionEnd };

export interface Step {
  readonly state: SessionState;
  readonly effects: readonly SessionEffect[];
}

export const CLOSE: SessionEffect = { kind: 'close' };
export const end = (how: SessionEnd): SessionEffect => ({ kind: 'end', end: how });

/** In plain text, as every session begins. */
export const partyOf = ({ host, address, identity, localAddress }: Setup, provider: Provider | null): Party => ({
  host,
  address,
  identity: identity.helo,
  provider: provider?.id ?? null,
  ownNames: ownNamesOf(identity, localAddress),
  isSecure: false,
});

export function newSession(
  setup: Setup,
  known: { provider: Provider | null; walk: readonly Exchange[]; at: number },
): SessionState {
  return {
    phase: { at: 'new' },
    waiting: null,
    heardAt: known.at,
    capabilities: NO_CAPABILITIES,
    hello: null,
    provider: known.provider,
    party: partyOf(setup, known.provider),
    usage: UNUSED,
    opening: known.walk,
    trail: known.walk,
  };
}

type Turning = Pick<SessionState, 'phase' | 'waiting' | 'usage' | 'trail'>;

/**
 * The state after a turn of the dialogue. Names each field, because every group takes several turns: a spread gives the objects of each
 * place in the code a layout of their own, which slows down all code that reads them.
 */
export function turned(state: SessionState, { phase, waiting, usage, trail }: Turning, heardAt = state.heardAt): SessionState {
  const { capabilities, hello, provider, party, opening } = state;
  return { phase, waiting, heardAt, capabilities, hello, provider, party, usage, opening, trail };
}

/** Sends commands and waits for their replies. */
export function say(
  state: SessionState,
  phase: Phase,
  { commands, stage, since, atMost }: Waiting & { commands: readonly Command[] },
): Step {
  const { usage, trail } = state;
  const waiting = { stage, since, atMost };
  return { state: turned(state, { phase, waiting, usage, trail }), effects: [{ kind: 'send', commands }] };
}

/** The reply that was waited for, or the failure that came instead. */
export function exchangeOf(state: SessionState, { stage, since }: Waiting, heard: Heard, setup: Setup): Exchange {
  const { party, provider, heardAt } = state;
  const from = { provider: provider?.id ?? null, classify: setup.classify };
  const came = 'failure' in heard ? heard : toCame(heard, stage, from);
  return { at: since, durationMs: heardAt - since, stage, party, came };
}

/** What came at `heardAt`. */
export type Heard = SmtpReply | WireFailure;

/** Adds an exchange of the opening to those that groups share. */
export function noted(state: SessionState, exchange: Exchange): SessionState {
  const opening = [...state.opening, exchange];
  return { ...state, opening, trail: opening };
}

export const READY: Phase = { at: 'ready' };
/** Nothing more is expected from the host. */
export const CLOSED: Phase = { at: 'closed' };
export const closed = (state: SessionState): SessionState => ({ ...state, phase: CLOSED, waiting: null });
export const ready = (state: SessionState): SessionState => ({ ...state, phase: READY, waiting: null });

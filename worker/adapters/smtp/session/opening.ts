// How a session begins: the greeting, EHLO, HELO if that is refused (RFC 5321 3.2), both again with our address literal, and STARTTLS if
// it is wanted. Guarantees: after the handshake nothing that was said before it is trusted (RFC 3207 4.2).
import { isClosing, isPositive, type Exchange } from '../exchange';
import {
  CLOSE,
  closed,
  end,
  exchangeOf,
  noted,
  partyOf,
  ready,
  say,
  type Heard,
  type SessionState,
  type Setup,
  type Step,
} from './state';
import { isTiringByName, NO_CAPABILITIES, parseCapabilities } from './usage';

export const greet = (state: SessionState, at: number): Step => ({
  state: { ...state, phase: { at: 'greeting' }, waiting: { stage: 'connect', since: at, atMost: 'greetingMs' } },
  effects: [],
});

/** The first step to TLS, in a session that was used for nothing else. */
export const secure = (state: SessionState, at: number): Step =>
  say(state, { at: 'starttls' }, { commands: [{ verb: 'STARTTLS' }], stage: 'starttls', since: at, atMost: 'starttlsMs' });

/** The handshake is done: send EHLO again. */
export const helloUnderTls = (state: SessionState, at: number, setup: Setup): Step =>
  sayHello({ ...state, party: { ...state.party, isSecure: true } }, { form: 0, at }, setup);

export function hearOpening(state: SessionState, heard: Heard, setup: Setup): Step {
  const { phase, waiting, heardAt: at } = state;
  if (waiting === null) throw new Error(`nothing is owed to a session that is ${phase.at}`);
  const exchange = exchangeOf(state, waiting, heard, setup);
  const next = noted(state, exchange);
  if (isClosing(exchange)) return { state: closed(next), effects: [CLOSE, end({ kind: 'opened', trouble: exchange })] };
  switch (phase.at) {
    case 'greeting':
      return isPositive(exchange) ? welcomed(next, exchange, { setup, at }) : refused(next, exchange);
    case 'hello':
      return afterHello(next, exchange, { form: phase.form, setup, at });
    case 'starttls':
      if (!isPositive(exchange)) return { state: ready(next), effects: [end({ kind: 'opened', trouble: exchange })] };
      return { state: handshaking(next, at), effects: [] };
    default:
      throw new Error(`no reply is part of an opening that is ${phase.at}`);
  }
}

const handshaking = (state: SessionState, at: number): SessionState => ({
  ...state,
  phase: { at: 'handshake' },
  waiting: { stage: 'starttls', since: at, atMost: 'starttlsMs' },
});

const refused = (state: SessionState, trouble: Exchange): Step => ({
  state: { ...state, phase: { at: 'refused' }, waiting: null },
  effects: [end({ kind: 'opened', trouble })],
});

/** The greeting may identify the provider more exactly than the host names. */
function welcomed(state: SessionState, { came }: Exchange, { setup, at }: { setup: Setup; at: number }): Step {
  const greeting = came.kind === 'reply' ? came.reply.text : '';
  const provider = setup.recognizeProvider({ mxHosts: setup.mxHosts, greeting }) ?? state.provider;
  const step = sayHello({ ...state, provider, party: partyOf(setup, provider) }, { form: setup.saysHelo ? 1 : 0, at }, setup);
  if (!isTiringByName(greeting)) return step;
  return { ...step, effects: [...step.effects, { kind: 'learn', lesson: { kind: 'tires' } }] };
}

/** EHLO and HELO with our first name, then both with the next one. */
function sayHello(state: SessionState, { form, at }: { form: number; at: number }, { heloNames }: Setup): Step {
  const name = heloNames[Math.floor(form / 2)];
  if (name === undefined) throw new Error('no name of ours is left to say');
  const commands = [{ verb: form % 2 === 0 ? ('EHLO' as const) : ('HELO' as const), name }];
  const atMost = state.party.isSecure ? 'starttlsMs' : 'heloMs';
  const fresh = { ...state, capabilities: NO_CAPABILITIES };
  return say(fresh, { at: 'hello', form }, { commands, stage: 'helo', since: at, atMost });
}

function afterHello(
  state: SessionState,
  exchange: Exchange,
  { form, setup, at }: { form: number; setup: Setup; at: number },
): Step {
  const { came } = exchange;
  if (came.kind === 'failure') return refused(state, exchange);
  if (isPositive(exchange)) {
    const capabilities = form % 2 === 0 ? parseCapabilities(came.reply) : NO_CAPABILITIES;
    return { state: ready({ ...state, capabilities, hello: exchange }), effects: [end({ kind: 'opened', trouble: null })] };
  }
  // Only a refusal of the command or of the name is worth trying another form.
  const isWorthAnother = came.reply.code >= 500 && came.meaning !== 'sender_blocked';
  const next = form + (setup.saysHelo ? 2 : 1);
  const hasAnother = next < setup.heloNames.length * 2;
  return isWorthAnother && hasAnother ? sayHello(state, { form: next, at }, setup) : refused(state, exchange);
}

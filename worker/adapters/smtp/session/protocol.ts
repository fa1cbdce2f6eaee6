// The dialogue as a reducer: the session's state and an event give the next state and what to do. Pure, so that every turn of RFC 5321 that
// we know is a row of a table (protocol.test.ts). An event that does not fit the phase is our bug and throws; anything a host does leads
// to an answer, to `refused`, or to `closed`.
import { ask, hearGroup } from './asking';
import { greet, hearOpening, helloUnderTls, secure } from './opening';
import { CLOSE, closed, say, turned, type Heard, type SessionEvent, type SessionState, type Setup, type Step } from './state';

export function advance(state: SessionState, event: SessionEvent, setup: Setup): Step {
  switch (event.kind) {
    case 'connected':
      if (state.phase.at === 'new') return greet(state, event.at);
      break;
    case 'ask':
      if (state.phase.at === 'ready') return ask(state, event);
      break;
    case 'secure':
      if (state.phase.at === 'ready') return secure(state, event.at);
      break;
    case 'secured':
      if (state.phase.at === 'handshake') return helloUnderTls(turned(state, state, event.at), event.at, setup);
      break;
    case 'quit':
      return quit(state, event.at);
    case 'replies':
      return hear(turned(state, state, event.at), event.replies, setup);
    case 'failed':
      return hear(turned(state, state, event.at), [event.failure], setup);
  }
  throw new Error(`an SMTP session that is ${state.phase.at} has no use for "${event.kind}"`);
}

/** Sends QUIT if no reply is outstanding; otherwise closes at once. */
function quit(state: SessionState, at: number): Step {
  const { at: phase } = state.phase;
  if (phase !== 'ready' && phase !== 'refused') return { state, effects: [CLOSE] };
  return say(state, { at: 'quitting' }, { commands: [{ verb: 'QUIT' }], stage: 'rset', since: at, atMost: 'quitMs' });
}

function hear(state: SessionState, heard: readonly Heard[], setup: Setup): Step {
  const { phase } = state;
  if (phase.at === 'asking') return hearGroup(state, phase.asking, heard, setup);
  if (phase.at === 'quitting') return { state: closed(state), effects: [CLOSE] };
  const [first] = heard;
  if (first === undefined) return { state, effects: [] };
  return hearOpening(state, first, setup);
}

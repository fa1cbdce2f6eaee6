// The dialogue as a table: each row is a session, what happens to it turn by turn, and what it says and tells.
import { describe, expect, it } from 'vitest';
import type { SmtpReply } from '@/lib/verdict/evidence';
import { classifyByWords, IDENTITY } from '../smtp-bench';
import { encodeCommand } from '../wire/commands';
import { advance } from './protocol';
import { newSession, type Group, type SessionEffect, type SessionEvent, type SessionState, type Setup } from './state';
import type { HostLessons } from './usage';

const SETUP: Setup = {
  host: 'mx.test',
  address: '192.0.2.1',
  identity: IDENTITY,
  heloNames: ['checker.example', '[192.0.2.9]'],
  mxHosts: ['mx.test'],
  localAddress: null,
  recognizeProvider: () => null,
  classify: classifyByWords,
};
const LESSONS: HostLessons = {
  wantsTls: false,
  isTlsBroken: false,
  pipelines: true,
  isDropping: false,
  tires: false,
  groupSize: null,
  sessionSize: null,
};

const replyOf = (line: string): SmtpReply => ({ code: Number(line.slice(0, 3)), enhanced: null, text: line.slice(4) });
/** Replies that come in together, as lines. */
const says = (...lines: readonly string[]): SessionEvent => ({ kind: 'replies', replies: lines.map(replyOf), at: 20 });
const fails = (failure: 'no_response' | 'disconnected'): SessionEvent => ({
  kind: 'failed',
  failure: { kind: 'failure', failure, detail: failure },
  at: 20,
});
const asks = (
  recipients: readonly string[],
  more: { roomInOpen?: number; lessons?: Partial<HostLessons> } = {},
): SessionEvent => {
  const group: Group = { mailFrom: '', smtpUtf8: false, recipients };
  return { kind: 'ask', group, lessons: { ...LESSONS, ...more.lessons }, roomInOpen: more.roomInOpen ?? 0, at: 10 };
};
const CONNECTED: SessionEvent = { kind: 'connected', at: 0 };
const SECURE: SessionEvent = { kind: 'secure', at: 10 };
const SECURED: SessionEvent = { kind: 'secured', at: 20 };
const QUIT: SessionEvent = { kind: 'quit', at: 30 };
const GREETING = says('220 mx.test ESMTP');
const EHLO = says('250 mx.test\nPIPELINING\nSTARTTLS');
const PLAIN_EHLO = says('250 mx.test');
const OPENING = [CONNECTED, GREETING, EHLO];
const SERIAL_OPENING = [CONNECTED, GREETING, PLAIN_EHLO];

/** `> MAIL FROM:<>`, `a 250`, `done`, `closed`. */
function shown(effect: SessionEffect): string[] {
  switch (effect.kind) {
    case 'send':
      return effect.commands.map((command) => `> ${encodeCommand(command).trim()}`);
    case 'answer':
      return effect.answers.map(
        ({ exchange }) => `answer ${exchange.came.kind === 'reply' ? String(exchange.came.reply.code) : ''}`,
      );
    case 'learn':
      return [effect.lesson.kind === 'tires' ? 'tires' : `pipelining ${effect.lesson.works ? 'works' : 'is broken'}`];
    case 'close':
      return ['close'];
    case 'end':
      return [
        effect.end.kind === 'opened' && effect.end.trouble !== null ? `trouble at ${effect.end.trouble.stage}` : effect.end.kind,
      ];
  }
}

function play(events: readonly SessionEvent[], start = newSession(SETUP, { provider: null, walk: [], at: 0 })) {
  let state: SessionState = start;
  const turns = events.map((event) => {
    const step = advance(state, event, SETUP);
    state = step.state;
    return step.effects.flatMap(shown);
  });
  return { state, turns };
}

/** What is done in the last turns, one for each event after the opening. */
const after = (opening: readonly SessionEvent[], events: readonly SessionEvent[]): string[][] =>
  play([...opening, ...events]).turns.slice(opening.length);

describe('the opening', () => {
  it.each<[string, readonly SessionEvent[], string[][]]>([
    ['greeting, then EHLO', [GREETING, EHLO], [['> EHLO checker.example'], ['opened']]],
    ['a greeting that refuses', [says('554 blocked')], [['trouble at connect']]],
    ['a greeting that closes', [says('421 busy')], [['close', 'trouble at connect']]],
    ['no greeting', [fails('no_response')], [['close', 'trouble at connect']]],
    ['Postfix, by its name', [says('220 mx.test ESMTP Postfix')], [['> EHLO checker.example', 'tires']]],
    [
      'HELO where EHLO is refused, then both with the literal',
      [GREETING, says('502 no'), says('501 no'), says('502 no'), says('250 mx.test')],
      [['> EHLO checker.example'], ['> HELO checker.example'], ['> EHLO [192.0.2.9]'], ['> HELO [192.0.2.9]'], ['opened']],
    ],
    ['every form refused', [GREETING, ...Array.from({ length: 4 }, () => says('550 no'))], [[], [], [], [], ['trouble at helo']]],
    ['we are blocked: no other form helps', [GREETING, says('550 blocked')], [[], ['trouble at helo']]],
    ['a refusal for now is no opinion of the form', [GREETING, says('451 later')], [[], ['trouble at helo']]],
    ['a host that hangs up at EHLO', [GREETING, fails('disconnected')], [[], ['close', 'trouble at helo']]],
  ])('%s', (_, events, expected) => {
    const turns = after([CONNECTED], events);
    // Turns that are left empty here are shown by another row.
    expect(turns.map((turn, n) => (expected[n]?.length === 0 ? [] : turn))).toEqual(expected);
  });

  it('announces nothing by HELO', () => {
    expect(play([CONNECTED, GREETING, says('502 no'), says('250 mx.test\nPIPELINING')]).state.capabilities.pipelining).toBe(
      false,
    );
  });
});

describe('STARTTLS', () => {
  it.each<[string, readonly SessionEvent[], string[][]]>([
    [
      'handshake, then EHLO again',
      [SECURE, says('220 go'), SECURED, EHLO],
      [['> STARTTLS'], [], ['> EHLO checker.example'], ['opened']],
    ],
    [
      'refused: the session goes on in plain',
      [SECURE, says('454 not now'), asks(['a@b.test'])],
      [['> STARTTLS'], ['trouble at starttls'], ['> MAIL FROM:<>', '> RCPT TO:<a@b.test>']],
    ],
    [
      'a handshake that fails',
      [SECURE, says('220 go'), fails('disconnected')],
      [['> STARTTLS'], [], ['close', 'trouble at starttls']],
    ],
    [
      'an open transaction is ended first',
      [asks(['a@b.test']), says('250 ok', '530 starttls'), SECURE, says('250 ok')],
      [['> MAIL FROM:<>', '> RCPT TO:<a@b.test>'], ['answer 530', 'done'], ['> RSET'], ['> STARTTLS']],
    ],
  ])('%s', (_, events, expected) => {
    expect(after(OPENING, events)).toEqual(expected);
  });

  it('forgets what was announced before it (RFC 3207 4.2)', () => {
    const { state } = play([...OPENING, SECURE, says('220 go'), SECURED, PLAIN_EHLO]);
    expect(state).toMatchObject({ isSecure: true, capabilities: { pipelining: false, startTls: false } });
  });
});

describe('a group', () => {
  const TWO = ['a@b.test', 'b@b.test'];
  const BATCH = ['> MAIL FROM:<>', '> RCPT TO:<a@b.test>', '> RCPT TO:<b@b.test>'];

  it.each<[string, readonly SessionEvent[], string[][]]>([
    [
      'all replies at once are one batch',
      [asks(TWO), says('250 ok', '250 ok', '550 no such user')],
      [BATCH, ['answer 250', 'answer 550', 'done']],
    ],
    [
      'replies in pieces are told as they come',
      [asks(TWO), says('250 ok', '250 ok'), says('550 no')],
      [BATCH, ['answer 250'], ['answer 550', 'done']],
    ],
    ['MAIL refused: nobody was asked', [asks(TWO), says('550 sender', '503 no', '503 no')], [BATCH, ['mail_refused']]],
    [
      'the session is lost between two replies',
      [asks(TWO), says('250 ok', '250 ok'), fails('disconnected')],
      [BATCH, ['answer 250'], ['close', 'lost']],
    ],
    ['421 in place of a reply ends all of it', [asks(TWO), says('250 ok', '421 busy', '250 ok')], [BATCH, ['close', 'lost']]],
    [
      'a warm session needs no MAIL',
      [asks(['c@b.test']), says('250 ok', '250 ok'), asks(TWO, { roomInOpen: 9 })],
      [
        ['> MAIL FROM:<>', '> RCPT TO:<c@b.test>'],
        ['answer 250', 'done'],
        ['> RCPT TO:<a@b.test>', '> RCPT TO:<b@b.test>'],
      ],
    ],
    [
      'a full transaction is reset',
      [asks(['c@b.test']), says('250 ok', '250 ok'), asks(TWO)],
      [
        ['> MAIL FROM:<>', '> RCPT TO:<c@b.test>'],
        ['answer 250', 'done'],
        ['> RSET', ...BATCH],
      ],
    ],
    [
      'a host that can not even reset is left',
      [asks(['c@b.test']), says('250 ok', '250 ok'), asks(TWO), says('500 what')],
      [
        ['> MAIL FROM:<>', '> RCPT TO:<c@b.test>'],
        ['answer 250', 'done'],
        ['> RSET', ...BATCH],
        ['close', 'lost'],
      ],
    ],
  ])('%s', (_, events, expected) => {
    expect(after(OPENING, events)).toEqual(expected);
  });

  it('without PIPELINING is asked one command at a time, and nobody after a refused MAIL', () => {
    expect(after(SERIAL_OPENING, [asks(TWO), says('250 ok'), says('250 ok'), says('550 no')])).toEqual([
      ['> MAIL FROM:<>'],
      ['> RCPT TO:<a@b.test>'],
      ['answer 250', '> RCPT TO:<b@b.test>'],
      ['answer 550', 'done'],
    ]);
    expect(after(SERIAL_OPENING, [asks(TWO), says('550 no')])).toEqual([['> MAIL FROM:<>'], ['mail_refused']]);
  });

  describe('that is the first batch put to a host', () => {
    const first = asks(TWO, { lessons: { pipelines: null } });
    it.each<[string, readonly SessionEvent[], string[]]>([
      ['answered in full', [says('250 ok', '250 ok', '250 ok')], ['answer 250', 'answer 250', 'pipelining works', 'done']],
      ['silent after the first reply', [says('250 ok'), fails('no_response')], ['pipelining is broken', 'close', 'stalled']],
      ['looked at out of order', [says('250 ok', '503 need MAIL')], ['pipelining is broken', 'close', 'stalled']],
      ['silent from the start', [fails('no_response')], ['close', 'lost']],
    ])('%s', (_, events, expected) => {
      expect(after(OPENING, [first, ...events]).at(-1)).toEqual(expected);
    });

    it('waits for the rest of it for a short time only', () => {
      expect(play([...OPENING, first]).state.waiting?.atMost).toBe('mailMs');
      expect(play([...OPENING, first, says('250 ok')]).state.waiting?.atMost).toBe('pipelineMs');
      expect(play([...OPENING, asks(TWO), says('250 ok')]).state.waiting?.atMost).toBe('rcptMs');
    });
  });

  it('tells with each answer what the session had been used for before it', () => {
    const { effects } = advance(play([...OPENING, asks(TWO)]).state, says('250 ok', '250 ok', '550 no'), SETUP);
    const answers = effects.flatMap((effect) => (effect.kind === 'answer' ? effect.answers : []));
    expect(answers.map(({ before }) => [before.answered, before.accepted, before.openRecipients])).toEqual([
      [0, 0, 0],
      [1, 1, 1],
    ]);
  });

  it('has a full transaction not counted as an answer', () => {
    const { state } = play([...OPENING, asks(TWO), says('250 ok', '250 ok', '452 too many recipients')]);
    expect(state.usage).toMatchObject({ answered: 1, openRecipients: 1 });
  });
});

describe('the end', () => {
  it.each<[string, readonly SessionEvent[], string[][]]>([
    ['QUIT where nothing is owed', [QUIT, says('221 bye')], [['> QUIT'], ['close']]],
    ['QUIT that is not answered', [QUIT, fails('no_response')], [['> QUIT'], ['close']]],
    ['no good-bye in the middle of a group', [asks(['a@b.test']), QUIT], [['> MAIL FROM:<>', '> RCPT TO:<a@b.test>'], ['close']]],
  ])('%s', (_, events, expected) => {
    expect(after(OPENING, events)).toEqual(expected);
  });

  it('leaves nothing that can be asked', () => {
    const { state } = play([...OPENING, QUIT, says('221 bye')]);
    expect(() => advance(state, asks(['a@b.test']), SETUP)).toThrow('closed');
  });
});

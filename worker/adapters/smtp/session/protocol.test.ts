// The dialogue as a table: each row is a session, what happens to it turn by turn, and what it sends and reports.
import { describe, expect, it } from 'vitest';
import type { SmtpReply } from '@/lib/verdict/evidence';
import { providerOf } from '@/tests/engine/fake-ports';
import { classifyByWords, IDENTITY } from '@/tests/engine/smtp-setup';
import { encodeCommand } from '../wire/commands';
import { advance } from './protocol';
import { newSession, type Group, type SessionEffect, type SessionEvent, type SessionState, type Setup } from './state';
import type { HostLessons } from './usage';

const SETUP: Setup = {
  host: 'mx.test',
  address: '192.0.2.1',
  identity: IDENTITY,
  heloNames: ['checker.example', '[192.0.2.9]'],
  saysHelo: false,
  mxHosts: ['mx.test'],
  localAddress: null,
  recognizeProvider: () => null,
  classify: classifyByWords,
};
const LESSONS: HostLessons = {
  tls: 'usual',
  hello: 'EHLO',
  greetsLate: false,
  pipelines: true,
  isDropping: false,
  tires: false,
  takesMailOf: null,
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
      if (effect.answers.length === 0) return ['an answer about nobody'];
      return effect.answers.map(
        ({ exchange }) => `answer ${exchange.came.kind === 'reply' ? String(exchange.came.reply.code) : ''}`,
      );
    case 'learn':
      if (effect.lesson.kind !== 'pipelining') return [effect.lesson.kind];
      return [`pipelining ${effect.lesson.works ? 'works' : 'is broken'}`];
    case 'close':
      return ['close'];
    case 'end':
      return [
        effect.end.kind === 'opened' && effect.end.trouble !== null ? `trouble at ${effect.end.trouble.stage}` : effect.end.kind,
      ];
  }
}

const freshSession = (): SessionState => newSession(SETUP, { provider: null, walk: [], at: 0 });

function play(events: readonly SessionEvent[], { start = freshSession(), setup = SETUP } = {}) {
  let state: SessionState = start;
  const turns = events.map((event) => {
    const step = advance(state, event, setup);
    state = step.state;
    return step.effects.flatMap(shown);
  });
  return { state, turns };
}

/** What the last turns do, one for each event after the opening. */
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
    ['HELO where EHLO is not even known', [GREETING, says('500 what')], [['> EHLO checker.example'], ['> HELO checker.example']]],
    ['every form refused', [GREETING, ...Array.from({ length: 4 }, () => says('550 no'))], [[], [], [], [], ['trouble at helo']]],
    ['we are blocked: no other form helps', [GREETING, says('550 blocked')], [[], ['trouble at helo']]],
    ['a refusal for now is no opinion of the form', [GREETING, says('451 later')], [[], ['trouble at helo']]],
    ['a host that hangs up at EHLO', [GREETING, fails('disconnected')], [[], ['close', 'trouble at helo']]],
  ])('%s', (_, events, expected) => {
    const turns = after([CONNECTED], events);
    // Turns that are empty here are shown by another row.
    expect(turns.map((turn, n) => (expected[n]?.length === 0 ? [] : turn))).toEqual(expected);
  });

  it('is over for a host that would not begin: it is sent QUIT and asked nothing', () => {
    expect(after([CONNECTED], [says('554 blocked'), QUIT, says('221 bye')])).toEqual([
      ['trouble at connect'],
      ['> QUIT'],
      ['close'],
    ]);
    const { state } = play([CONNECTED, says('554 blocked')]);
    expect(() => advance(state, asks(['a@b.test']), SETUP)).toThrow('refused');
  });

  describe('tells who the host is', () => {
    const known = providerOf({ id: 'known-by-name' });
    const named = providerOf({ id: 'known-by-greeting' });
    const hear = (greeting: string) => {
      const setup: Setup = {
        ...SETUP,
        recognizeProvider: ({ mxHosts, greeting: said }) =>
          mxHosts.includes('mx.test') && said?.includes('Example Mail') === true ? named : null,
      };
      const start = newSession(setup, { provider: known, walk: [], at: 0 });
      return play([CONNECTED, says(greeting)], { start, setup }).state;
    };

    it('by its greeting, which may say more than the names of the mail hosts', () => {
      const { provider, party } = hear('220 mx.test Example Mail');
      expect([provider?.id, party.provider]).toEqual(['known-by-greeting', 'known-by-greeting']);
    });

    it('so that its replies are read as its own', () => {
      const read: (string | null)[] = [];
      const classify: Setup['classify'] = (reply) => {
        read.push(reply.provider);
        return classifyByWords(reply);
      };
      const start = newSession(SETUP, { provider: known, walk: [], at: 0 });
      play([...OPENING, asks(['a@b.test']), says('250 ok', '550 no')], { start, setup: { ...SETUP, classify } });
      play([...OPENING, asks(['a@b.test']), says('250 ok', '550 no')], { setup: { ...SETUP, classify } });
      expect(read).toEqual(['known-by-name', null]);
    });

    it('by its names, if the greeting says nothing', () => {
      const { provider, party } = hear('220 mx.test');
      expect([provider?.id, party.provider]).toEqual(['known-by-name', 'known-by-name']);
    });
  });

  it('says nothing before the host has greeted (RFC 5321 4.3.1)', () => {
    expect(play([CONNECTED]).turns).toEqual([[]]);
  });

  it('announces what EHLO lists, even if only the literal was accepted', () => {
    const { state } = play([CONNECTED, GREETING, says('502 no'), says('501 no'), EHLO]);
    expect(state.capabilities).toMatchObject({ pipelining: true, startTls: true });
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
  ])('%s', (_, events, expected) => {
    expect(after(OPENING, events)).toEqual(expected);
  });

  it('forgets what was announced before it (RFC 3207 4.2)', () => {
    expect(play(OPENING).state).toMatchObject({ party: { isSecure: false }, capabilities: { pipelining: true, startTls: true } });
    const { state } = play([...OPENING, SECURE, says('220 go'), SECURED, PLAIN_EHLO]);
    expect(state).toMatchObject({ party: { isSecure: true }, capabilities: { pipelining: false, startTls: false } });
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

  it('without PIPELINING is asked one command at a time, and not at all after a refused MAIL', () => {
    expect(after(SERIAL_OPENING, [asks(TWO), says('250 ok'), says('250 ok'), says('550 no')])).toEqual([
      ['> MAIL FROM:<>'],
      ['> RCPT TO:<a@b.test>'],
      ['answer 250', '> RCPT TO:<b@b.test>'],
      ['answer 550', 'done'],
    ]);
    expect(after(SERIAL_OPENING, [asks(TWO), says('550 no')])).toEqual([['> MAIL FROM:<>'], ['mail_refused']]);
  });

  describe('that is the first batch sent to a host', () => {
    const first = asks(TWO, { lessons: { pipelines: null } });
    it.each<[string, readonly SessionEvent[], string[]]>([
      ['answered in full', [says('250 ok', '250 ok', '250 ok')], ['answer 250', 'answer 250', 'pipelining works', 'done']],
      ['silent after the first reply', [says('250 ok'), fails('no_response')], ['pipelining is broken', 'close', 'stalled']],
      ['looked at out of order', [says('250 ok', '503 need MAIL')], ['pipelining is broken', 'close', 'stalled']],
      // The host may keep its replies until the whole batch has them.
      ['silent from the start', [fails('no_response')], ['pipelining is broken', 'close', 'stalled']],
      ['hung up on after the first reply', [says('250 ok'), fails('disconnected')], ['close', 'lost']],
    ])('%s', (_, events, expected) => {
      expect(after(OPENING, [first, ...events]).at(-1)).toEqual(expected);
    });

    it('waits for the rest of it for a short time only', () => {
      expect(play([...OPENING, first]).state.waiting?.atMost).toBe('mailMs');
      expect(play([...OPENING, first, says('250 ok')]).state.waiting?.atMost).toBe('pipelineMs');
      expect(play([...OPENING, asks(TWO), says('250 ok')]).state.waiting?.atMost).toBe('rcptMs');
    });
  });

  it('that adds to an open transaction is judged from its second reply on, like any first batch', () => {
    const opened = [
      ...OPENING,
      asks(['c@b.test']),
      says('250 ok', '250 ok'),
      asks(TWO, { roomInOpen: 2, lessons: { pipelines: null } }),
    ];
    expect(play(opened).state.waiting?.atMost).toBe('rcptMs');
    expect(play([...opened, fails('no_response')]).turns.at(-1)).toEqual(['close', 'lost']);
    expect(play([...opened, says('250 ok')]).state.waiting?.atMost).toBe('pipelineMs');
    expect(play([...opened, says('250 ok'), fails('no_response')]).turns.at(-1)).toEqual([
      'pipelining is broken',
      'close',
      'stalled',
    ]);
  });

  it('without a reply before its first RCPT is asked one at a time, since the host may be keeping its replies', () => {
    const reset = asks(TWO, { lessons: { pipelines: null } });
    const { turns } = play([
      ...OPENING,
      asks(['c@b.test']),
      says('250 ok', '250 ok'),
      reset,
      says('250 reset'),
      fails('no_response'),
    ]);
    expect(turns.at(-1)).toEqual(['pipelining is broken', 'close', 'stalled']);
  });

  it('counts in its own transaction: the open one goes on, and one that was reset is over', () => {
    const first = [...OPENING, asks(['c@b.test']), says('250 ok', '250 ok')];
    const added = play([...first, asks(TWO, { roomInOpen: 2 }), says('250 ok', '250 ok')]).state.usage;
    expect(added).toMatchObject({ transactions: 1, answered: 3, openRecipients: 3 });
    const anew = play([...first, asks(TWO), says('250 reset', '250 ok', '250 ok', '250 ok')]).state.usage;
    expect(anew).toMatchObject({ transactions: 2, answered: 3, openRecipients: 2 });
    expect(play([...first, asks(TWO), says('250 reset', '550 sender', '503 no', '503 no')]).state.usage.open).toBeNull();
  });

  it('is asked one by one if an earlier batch got stuck', () => {
    expect(after(OPENING, [asks(TWO, { lessons: { pipelines: false } })])).toEqual([['> MAIL FROM:<>']]);
  });

  it('of one recipient in an open transaction is no batch, so nothing is learned about PIPELINING', () => {
    const lessons = { pipelines: null };
    expect(
      after(OPENING, [
        asks(['c@b.test'], { lessons }),
        says('250 ok', '250 ok'),
        asks(['a@b.test'], { lessons, roomInOpen: 1 }),
        says('250 ok'),
      ]),
    ).toEqual([
      ['> MAIL FROM:<>', '> RCPT TO:<c@b.test>'],
      ['answer 250', 'pipelining works', 'done'],
      ['> RCPT TO:<a@b.test>'],
      ['answer 250', 'done'],
    ]);
  });

  it('sent to a known provider is no trial: it may take its time, and nothing is learned', () => {
    const start = newSession(SETUP, { provider: providerOf({}), walk: [], at: 0 });
    const first = asks(TWO, { lessons: { pipelines: null } });
    expect(play([...OPENING, first, says('250 ok')], { start }).state.waiting?.atMost).toBe('rcptMs');
    expect(play([...OPENING, first, says('250 ok'), fails('no_response')], { start }).turns.at(-1)).toEqual(['close', 'lost']);
  });

  it('whose MAIL is refused teaches nothing about PIPELINING', () => {
    const first = asks(TWO, { lessons: { pipelines: null } });
    expect(after(OPENING, [first, says('550 sender', '503 no', '503 no')]).at(-1)).toEqual(['mail_refused']);
    expect(after(OPENING, [first, says('550 sender'), fails('no_response')]).at(-1)).toEqual(['close', 'lost']);
  });

  it('that a host slows down for after ten refusals shows that it tires', () => {
    const many = Array.from({ length: 12 }, (_, n) => `u${n}@b.test`);
    const quick = says('250 ok', ...Array.from({ length: 10 }, () => '550 no such user'));
    const slow = (line: string): SessionEvent => ({ kind: 'replies', replies: [replyOf(line)], at: 1_030 });
    expect(after(OPENING, [asks(many), quick, slow('550 no such user')]).at(-1)).toEqual(['answer 550', 'tires']);
    expect(after(OPENING, [asks(many), quick, slow('452 too many recipients')]).at(-1)).toEqual(['answer 452']);
  });

  it('tells with each answer what the session had been used for before it', () => {
    const { effects } = advance(play([...OPENING, asks(TWO)]).state, says('250 ok', '250 ok', '550 no'), SETUP);
    const answers = effects.flatMap((effect) => (effect.kind === 'answer' ? effect.answers : []));
    expect(answers.map(({ before }) => [before.answered, before.accepted, before.openRecipients])).toEqual([
      [0, 0, 0],
      [1, 1, 1],
    ]);
  });

  it('does not count a full transaction as an answer', () => {
    const { state } = play([...OPENING, asks(TWO), says('250 ok', '250 ok', '452 too many recipients')]);
    expect(state.usage).toMatchObject({ answered: 1, openRecipients: 1 });
  });
});

describe('every wait', () => {
  const ASK = asks(['a@b.test', 'b@b.test']);
  it.each<[string, readonly SessionEvent[], SessionState['waiting']]>([
    ['for the greeting', [CONNECTED], { stage: 'connect', since: 0, atMost: 'greetingMs' }],
    ['for EHLO', [CONNECTED, GREETING], { stage: 'helo', since: 20, atMost: 'heloMs' }],
    ['for STARTTLS', [...OPENING, SECURE], { stage: 'starttls', since: 10, atMost: 'starttlsMs' }],
    ['for the handshake', [...OPENING, SECURE, says('220 go')], { stage: 'starttls', since: 20, atMost: 'starttlsMs' }],
    ['for EHLO under TLS', [...OPENING, SECURE, says('220 go'), SECURED], { stage: 'helo', since: 20, atMost: 'starttlsMs' }],
    ['for MAIL', [...OPENING, ASK], { stage: 'mail', since: 10, atMost: 'mailMs' }],
    ['for RCPT of a batch, since it was sent', [...OPENING, ASK, says('250 ok')], { stage: 'rcpt', since: 10, atMost: 'rcptMs' }],
    [
      'for RCPT that was sent alone, since the reply before it',
      [...SERIAL_OPENING, ASK, says('250 ok')],
      { stage: 'rcpt', since: 20, atMost: 'rcptMs' },
    ],
    [
      'for RSET before the next group',
      [...OPENING, ASK, says('250 ok', '250 ok', '250 ok'), ASK],
      { stage: 'rset', since: 10, atMost: 'mailMs' },
    ],
    ['for the answer to QUIT', [...OPENING, QUIT], { stage: 'rset', since: 30, atMost: 'quitMs' }],
    ['before the connection: none', [], null],
    ['when the host is ready: none', OPENING, null],
    ['for a host that would not begin: none', [CONNECTED, says('554 blocked')], null],
    ['when all are answered: none', [...OPENING, ASK, says('250 ok', '250 ok', '250 ok')], null],
    ['when the session is lost: none', [...OPENING, ASK, fails('disconnected')], null],
    ['after QUIT was answered: none', [...OPENING, QUIT, says('221 bye')], null],
  ])('%s', (_, events, expected) => {
    expect(play(events).state.waiting).toEqual(expected);
  });

  it('is timed from the command to its reply, and the session knows when the host last replied', () => {
    const { state } = play([CONNECTED, GREETING, { ...PLAIN_EHLO, at: 50 }]);
    expect(state.opening).toMatchObject([
      { at: 0, durationMs: 20, stage: 'connect' },
      { at: 20, durationMs: 30, stage: 'helo' },
    ]);
    expect([freshSession().heardAt, state.heardAt]).toEqual([0, 50]);
    expect(play([CONNECTED, fails('disconnected')]).state.heardAt).toBe(20);
    expect(play([...OPENING, SECURE, says('220 go'), { ...SECURED, at: 25 }]).state.heardAt).toBe(25);
  });
});

describe('what the questions of a group share', () => {
  const stages = (events: readonly SessionEvent[]) => play(events).state.trail.map(({ stage }) => stage);
  const ASK = asks(['a@b.test']);

  it('is the whole opening, and MAIL of the last transaction only', () => {
    expect(stages(OPENING)).toEqual(['connect', 'helo']);
    expect(stages([...OPENING, SECURE, says('220 go'), SECURED, EHLO])).toEqual(['connect', 'helo', 'starttls', 'helo']);
    const group = [ASK, says('250 ok', '250 ok')];
    expect(stages([...OPENING, ...group])).toEqual(['connect', 'helo', 'mail']);
    expect(stages([...OPENING, ...group, ASK, says('250 reset', '250 ok', '250 ok')])).toEqual(['connect', 'helo', 'mail']);
  });

  it('begins with the walk that led to this host', () => {
    const walk = play(OPENING).state.opening;
    const start = newSession(SETUP, { provider: null, walk, at: 0 });
    expect(play([CONNECTED, GREETING], { start }).state.trail).toHaveLength(walk.length + 1);
  });
});

describe('what does not belong to its phase is our bug', () => {
  const ASK = asks(['a@b.test']);
  it.each<[string, readonly SessionEvent[], SessionEvent, string]>([
    ['a second connection', [CONNECTED], CONNECTED, 'is greeting has no use for "connected"'],
    ['a question before the greeting', [CONNECTED], ASK, 'is greeting has no use for "ask"'],
    ['a question beside another', [...OPENING, ASK], ASK, 'is asking has no use for "ask"'],
    ['STARTTLS in the middle of a group', [...OPENING, ASK], SECURE, 'is asking has no use for "secure"'],
    ['a handshake that nobody began', OPENING, SECURED, 'is ready has no use for "secured"'],
    ['a reply that nothing asked for', OPENING, says('250 ok'), 'nothing is owed to a session that is ready'],
    [
      'a reply in the handshake',
      [...OPENING, SECURE, says('220 go')],
      says('250 ok'),
      'no reply is part of an opening that is handshake',
    ],
  ])('%s', (_, before, event, message) => {
    expect(() => advance(play(before).state, event, SETUP)).toThrow(message);
  });

  it('and so is a session without a name for EHLO', () => {
    const setup = { ...SETUP, heloNames: [] };
    expect(() => play([CONNECTED, GREETING], { setup })).toThrow('no name of ours is left to say');
  });

  it('but an empty set of replies changes nothing', () => {
    const { state } = play([CONNECTED]);
    expect(advance(state, says(), SETUP)).toEqual({ state: { ...state, heardAt: 20 }, effects: [] });
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

  it('comes without QUIT if the host still owes a reply, or hung up', () => {
    expect(play([CONNECTED, QUIT]).turns.at(-1)).toEqual(['close']);
    expect(play([CONNECTED, fails('disconnected'), QUIT]).turns.at(-1)).toEqual(['close']);
    expect(play([QUIT]).turns.at(-1)).toEqual(['close']);
  });

  it('leaves nothing that can be asked', () => {
    const { state } = play([...OPENING, QUIT, says('221 bye')]);
    expect(() => advance(state, asks(['a@b.test']), SETUP)).toThrow('closed');
  });
});

import { describe, expect, it } from 'vitest';
import type { ReplyMeaning, ReplyStage, TransportFailure } from '@/lib/verdict/evidence';
import type { Exchange } from '../exchange';
import { CLOSED_BY_US } from '../wire/wire';
import { refusalText, signalOf, type Signal } from './signals';

const party = {
  host: 'mx.test',
  address: null,
  identity: 'us.example',
  provider: null,
  ownNames: ['us.example'],
  isSecure: false,
};
const reply = (stage: ReplyStage, meaning: ReplyMeaning, code: number, enhanced: string | null = null): Exchange => ({
  at: 0,
  durationMs: 0,
  stage,
  party,
  came: { kind: 'reply', reply: { code, enhanced, text: 'Sorry us.example\nalice@a.test' }, meaning, rule: null },
});
const failure = (word: TransportFailure, detail = ''): Exchange => ({
  ...reply('connect', 'ambiguous', 500),
  came: { kind: 'failure', failure: word, detail },
});

describe('what an exchange says about us', () => {
  it.each<[string, Exchange, Signal]>([
    ['an accepted recipient', reply('rcpt', 'accepted', 250), 'clean'],
    ['a recipient that is not there', reply('rcpt', 'mailbox_not_found', 550, '5.1.1'), 'clean'],
    ['a 220', reply('connect', 'accepted', 220), 'none'],
    ['a client that is blocked, at RCPT', reply('rcpt', 'sender_blocked', 554, '5.7.1'), 'refusal'],
    ['a HELO that is not liked', reply('helo', 'sender_rejected', 550), 'refusal'],
    ['a policy before anybody was named', reply('mail', 'policy_other', 550, '5.7.1'), 'refusal'],
    ['a policy about this recipient', reply('rcpt', 'policy_other', 550, '5.7.1'), 'none'],
    ['a 421 at the greeting', reply('connect', 'temporary_failure', 421), 'slow_down'],
    ['a rate', reply('rcpt', 'rate_limited', 451, '4.7.0'), 'slow_down'],
    ['a mailbox that gets too much', reply('rcpt', 'rate_limited', 450, '4.2.1'), 'none'],
    ['greylisting', reply('rcpt', 'greylisted', 451, '4.7.1'), 'none'],
    ['greylisting by 421', reply('rcpt', 'greylisted', 421, '4.7.0'), 'none'],
    ['a hang-up', failure('disconnected', 'the host closed the connection'), 'slow_down'],
    ['our own hang-up', failure('disconnected', CLOSED_BY_US), 'none'],
    ['a host that is down', failure('connect_failed'), 'none'],
    ['a host that is mute', failure('no_response'), 'none'],
  ])('%s', (_, exchange, signal) => {
    expect(signalOf(exchange)).toBe(signal);
  });

  it('a refusal is kept in one line, redacted like the reply', () => {
    const redact = (text: string, names: { address: string; ownNames: readonly string[] }): string =>
      [names.address, ...names.ownNames].reduce((masked, name) => masked.replaceAll(name, '[…]'), text);
    const asked = { localPart: 'alice', domain: 'a.test', redact };
    expect(refusalText(reply('rcpt', 'sender_blocked', 554, '5.7.1'), asked)).toBe('554 5.7.1 Sorry […] […]');
  });
});

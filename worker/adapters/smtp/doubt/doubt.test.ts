import { beforeEach, describe, expect, it } from 'vitest';
import { IDENTITY } from '@/tests/engine/smtp-setup';
import type { Exchange } from '../exchange';
import { sendersOf } from '../senders';
import { Doubt, type Ruling } from './doubt';
import { OPEN_MAX_MS } from './refusal-breaker';
import type { Witness } from './witness';

const MAX_ENTRIES = 40;
const [SENDER] = sendersOf([IDENTITY]);
let now = 0;
let doubt: Doubt;

function exchangeOf(meaning: 'accepted' | 'mailbox_not_found'): Exchange {
  const party = {
    host: 'mx.test',
    address: '9.9.9.9',
    identity: 'checker.example',
    provider: null,
    ownNames: [],
    isSecure: false,
  };
  const reply = { code: meaning === 'accepted' ? 250 : 550, enhanced: null, text: '' };
  return { at: now, durationMs: 0, stage: 'rcpt', party, came: { kind: 'reply', reply, meaning, rule: null } };
}

/** Each has a different domain if the host has no known provider: three of one domain would need a second opinion. */
function weigh(queue: string, meaning: 'accepted' | 'mailbox_not_found', domain = `${queue}.test`): Ruling {
  if (SENDER === undefined) throw new Error('nobody asks');
  const whom = { localPart: 'user', domain, needsSmtpUtf8: false, hosts: [], provider: null };
  return doubt.weigh({
    kind: 'mailbox',
    whom,
    exchange: exchangeOf(meaning),
    sender: SENDER,
    queue,
    unprovedAt: null,
    isFirst: true,
  });
}

const witnessOf = (queue: string, n: number): Witness => ({
  localPart: `user${String(n)}`,
  domain: `${queue}.test`,
  needsSmtpUtf8: false,
  hosts: [{ name: 'mx.test', preference: 10, addresses: ['9.9.9.9'] }],
  provider: null,
  host: 'mx.test',
  acceptedAt: now,
});

function acceptSome(queue: string): void {
  for (let n = 0; n < 10; n++) {
    weigh(queue, 'accepted');
    doubt.vouch(witnessOf(queue, n), queue);
  }
}

/** Refuses everybody until a witness is wanted; the witnesses are refused too. */
function block(queue: string): void {
  for (;;) {
    const ruling = weigh(queue, 'mailbox_not_found');
    if (ruling.kind !== 'hold') continue;
    const { hearing } = ruling;
    const [way] = hearing?.ways ?? [];
    for (const witness of hearing?.witnesses ?? []) {
      if (hearing !== null && way !== undefined)
        doubt.testify(hearing, { witness, exchange: exchangeOf('mailbox_not_found'), way });
    }
    return;
  }
}

const askOthers = (count: number): void => {
  for (let n = 0; n < count; n++) weigh(`other${String(n)}`, 'accepted');
};

beforeEach(() => {
  now = Date.UTC(2026, 0, 2);
  const redact = (text: string): string => text;
  const hear = (): void => undefined;
  const madeUp = (): string => 'nobody';
  doubt = new Doubt({ clock: { now: () => now }, redact, madeUp, senders: [], hear, aloneMs: 5_000 }, MAX_ENTRIES);
});

describe('a worker that meets more hosts than it remembers', () => {
  it('goes on doubting a host that was found to refuse everybody, however many others come between', () => {
    acceptSome('blocked');
    block('blocked');
    askOthers(10 * MAX_ENTRIES);
    expect(weigh('blocked', 'mailbox_not_found').kind).toBe('withhold');
  });

  it('keeps it only as long as it is doubted', () => {
    acceptSome('blocked');
    block('blocked');
    now += OPEN_MAX_MS;
    askOthers(10 * MAX_ENTRIES);
    expect(weigh('blocked', 'mailbox_not_found').kind).toBe('believe');
  });

  it('keeps the witnesses of a host that is being asked, whatever others come between', () => {
    acceptSome('busy');
    for (let n = 0; n < 10 * MAX_ENTRIES; n++) {
      weigh(`other${String(n)}`, 'accepted');
      weigh('busy', 'accepted');
    }
    const rulings = [1, 2, 3].map(() => weigh('busy', 'mailbox_not_found'));
    expect(rulings.at(-1)).toMatchObject({
      kind: 'hold',
      hearing: { witnesses: [{ domain: 'busy.test' }, { domain: 'busy.test' }] },
    });
  });

  it('keeps the witnesses of at least half as many hosts as it may remember, and treats a forgotten one as new', () => {
    acceptSome('quiet');
    askOthers(MAX_ENTRIES / 2 - 1);
    expect([1, 2, 3].map(() => weigh('quiet', 'mailbox_not_found').kind)).toEqual(['believe', 'believe', 'hold']);
    acceptSome('forgotten');
    askOthers(2 * MAX_ENTRIES);
    expect([1, 2, 3, 4].map((n) => weigh('forgotten', 'mailbox_not_found', `${String(n)}.test`).kind)).toEqual(
      Array.from({ length: 4 }, () => 'believe'),
    );
  });
});

it('witnesses share what they have in common', () => {
  acceptSome('host');
  const [, , ruling] = [1, 2, 3].map(() => weigh('host', 'mailbox_not_found'));
  const [first, second] = ruling?.kind === 'hold' ? (ruling.hearing?.witnesses ?? []) : [];
  expect(first?.localPart).not.toBe(second?.localPart);
  expect(first?.hosts).toBe(second?.hosts);
});

import { describe, expect, it } from 'vitest';
import { Deadlines } from '@/worker/engine/deadlines';
import { type GroupBounds, WaitingList } from './host-state';
import { Asked } from './asked';
import { newRecipient, type RecipientSpec } from './recipient';
import { IDENTITY } from '@/tests/engine/smtp-setup';

const NULL_SENDER = { identity: IDENTITY, mailFrom: '' };
const POSTMASTER = { identity: IDENTITY, mailFrom: 'postmaster@checker.example' };

function asked(localPart: string, more: Partial<RecipientSpec> = {}): Asked {
  const recipient = newRecipient(
    {
      kind: 'mailbox',
      localPart,
      domain: 'a.test',
      needsSmtpUtf8: false,
      askedAt: 0,
      deadline: 1_000,
      isSingle: false,
      triplet: null,
      senders: [NULL_SENDER, POSTMASTER],
      mostPuts: 9,
      alone: 'no',
      tls: 'usual',
      excluded: new Set<string>(),
      ...more,
    },
    () => false,
  );
  const made = new Asked(
    recipient,
    { key: 'mx.test', heard: () => undefined, expire: () => undefined, withdraw: () => undefined },
    new Deadlines({ now: () => 0 }),
  );
  made.settle({
    at: 0,
    durationMs: 0,
    stage: 'rcpt',
    party: { host: '', address: null, identity: '', provider: null, ownNames: [], isSecure: false },
    came: { kind: 'failure', failure: 'timeout', detail: '' },
  });
  return made;
}

const names = (all: readonly Asked[]): string[] => all.map(({ recipient }) => recipient.spec.localPart);
const everybody: GroupBounds = {
  fits: () => true,
  fitsToo: () => true,
  roomFor: () => 100,
  domainsMax: Number.POSITIVE_INFINITY,
};

function queueOf(...all: Asked[]): WaitingList {
  const queue = new WaitingList();
  for (const each of all) queue.add(each);
  return queue;
}

describe('WaitingList', () => {
  it('lets a question with little time go before a list, and keeps the order of arrival among equals', () => {
    const queue = queueOf(
      asked('bulk-1', { deadline: 90_000 }),
      asked('bulk-2', { deadline: 90_000 }),
      asked('single', { deadline: 15_000 }),
      asked('probe', { deadline: 15_000, kind: 'probe' }),
    );
    expect(names(queue.all)).toEqual(['single', 'probe', 'bulk-1', 'bulk-2']);
  });

  it('takes as many as the session allows and leaves the rest in order', () => {
    const queue = queueOf(...['a', 'b', 'c', 'd'].map((name) => asked(name)));
    expect(names(queue.takeGroup({ ...everybody, roomFor: () => 3 }))).toEqual(['a', 'b', 'c']);
    expect(names(queue.all)).toEqual(['d']);
  });

  it('puts one sender into a group and passes over recipients that do not fit', () => {
    const other = asked('other-sender');
    other.recipient = { ...other.recipient, sender: POSTMASTER };
    const queue = queueOf(asked('unfit-1'), asked('a'), other, asked('unfit-2'), asked('b'));
    const fits = ({ recipient }: Asked): boolean => !recipient.spec.localPart.startsWith('unfit');
    const group = queue.takeGroup({ ...everybody, fits, fitsToo: fits });
    expect(names(group)).toEqual(['a', 'b']);
    expect(names(queue.all)).toEqual(['unfit-1', 'other-sender', 'unfit-2']);
  });

  it('ends a group before one domain too many (RFC 9422 RCPTDOMAINMAX)', () => {
    const queue = queueOf(asked('a'), asked('b', { domain: 'b.test' }), asked('c', { domain: 'c.test' }));
    expect(names(queue.takeGroup({ ...everybody, domainsMax: 2 }))).toEqual(['a', 'b']);
    expect(names(queue.all)).toEqual(['c']);
  });

  it('gives back before all others, and forgets only what is taken', () => {
    const queue = queueOf(asked('a'), asked('b'), asked('c'));
    const group = queue.takeGroup({ ...everybody, roomFor: () => 2 });
    queue.giveBack(group);
    expect(names(queue.takeAll(({ recipient }) => recipient.spec.localPart !== 'b'))).toEqual(['a', 'c']);
    expect(names(queue.all)).toEqual(['b']);
  });
});

// What an error in our own code costs: the conversation in which it happens, and nothing else.
import { describe, expect, it } from 'vitest';
import type { SmtpPortOptions } from '@/worker/adapters/smtp/smtp-deps';
import { classifyReply } from '@/worker/engine/replies/classify';
import { redactReply } from '@/worker/engine/replies/redact';
import { dialLoopback, mailHost } from '@/tests/engine/smtp-setup';
import { EXISTS, HONEST, NOT_FOUND, verdictOf, worldOf } from '@/tests/engine/strategy-setup';

const STRANGE = '550 5.1.1 strange words';
const isStrange = (text: string): boolean => text.includes('strange words');

function broken(): never {
  throw new Error('a rule broke');
}

/** Verifies a few mailboxes of a host that says something strange about one of them. */
async function verifyBeside(faulty: Partial<SmtpPortOptions>) {
  const faults: unknown[] = [];
  const host = await mailHost({ rcpt: (to) => (to.startsWith('strange') ? STRANGE : HONEST(to)) });
  const world = worldOf([host.port], { ...faulty, onFault: (error) => faults.push(error) });
  const names = ['user1', 'strange', 'gone2', 'user3'];
  const answers = await Promise.all(names.map((name) => world.verify(`${name}@example.com`)));
  return { answers, verdicts: answers.map(verdictOf), faults, world };
}

describe('own-fault: our own software fails', () => {
  it('at one reply: that mailbox is unknown, and the others have their verdicts', async () => {
    const { verdicts, faults } = await verifyBeside({
      classify: (reply) => (isStrange(reply.text) ? broken() : classifyReply(reply)),
    });
    expect(verdicts).toEqual([EXISTS, 'unknown ambiguous_reply', NOT_FOUND, EXISTS]);
    expect(faults.length).toBeGreaterThan(0);
  });

  it('while a reply is prepared to be shown: its words are left out', async () => {
    const { verdicts, faults, answers } = await verifyBeside({
      redact: (text, names) => (isStrange(text) ? broken() : redactReply(text, names)),
    });
    expect(verdicts).toEqual([EXISTS, NOT_FOUND, NOT_FOUND, EXISTS]);
    const shown = answers[1]?.evidence.find(({ stage, code }) => stage === 'rcpt' && code === 550);
    expect(shown).toMatchObject({ text: '', meaning: 'mailbox_not_found' });
    expect(faults.length).toBeGreaterThan(0);
  });

  it('in the middle of a session: it ends, and the mailboxes that come later are asked in another', async () => {
    const unreadable = {
      rule: null,
      get meaning(): never {
        return broken();
      },
    };
    const { verdicts, faults } = await verifyBeside({
      classify: (reply) => (isStrange(reply.text) ? unreadable : classifyReply(reply)),
    });
    expect(verdicts.slice(1)).toEqual(['unknown disconnected', NOT_FOUND, EXISTS]);
    expect(faults.length).toBeGreaterThan(0);
  });

  it('on the way to a host: whoever waits is told at once, and the next mailbox is asked again', async () => {
    const dial = { isBroken: true };
    const { verdicts, faults, world } = await verifyBeside({
      dial: (...to) => (dial.isBroken ? broken() : dialLoopback(...to)),
    });
    expect(verdicts).toEqual(Array.from({ length: 4 }, () => 'unknown disconnected'));
    expect(faults.length).toBeGreaterThan(0);
    dial.isBroken = false;
    expect(verdictOf(await world.verify('user4@example.com'))).toBe(EXISTS);
  });
});

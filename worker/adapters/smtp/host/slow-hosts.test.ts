import { describe, expect, it } from 'vitest';
import { HANG_UP } from '@/simulators/mail/scripted-mail-host';
import { ALICE_AND_BOB, hostAt, mailHost, question, smtpPort, wordOf } from '@/tests/engine/smtp-setup';
import { SMTP_LIMITS } from '../timeouts';

const PROVIDER = {
  id: 'big-mail',
  name: 'Big Mail',
  class: 'mailbox',
  acceptance: 'probe',
  maxRecipients: 5,
  pace: { sessions: 16, connectionsPerMinute: 60_000, recipientsPerMinute: 600_000 },
} as const;

describe('a tarpit', () => {
  it.each([
    ['of nobody we know', null],
    ['of a provider whose card bears many sessions', PROVIDER],
  ])('%s gets only its few sessions, however many questions wait', async (_, provider) => {
    const tarpit = await mailHost({ rcpt: () => null });
    const mute = await mailHost({ greeting: null });
    const port = smtpPort({ timeouts: { rcptMs: 60_000, greetingMs: 60_000, slowAfterMs: 20, extraSessionMs: 10 } });
    const stuck = Array.from({ length: 200 }, (_value, n) =>
      port.ask(question([hostAt(tarpit.port)], { localPart: `u${String(n)}`, provider, deadline: Date.now() + 60_000 })),
    );
    // In the time that this one takes, more sessions could have been opened.
    await port.ask(question([hostAt(mute.port)], { domain: 'mute.test', deadline: Date.now() + 500 }));
    expect(tarpit.connections.length).toBeGreaterThan(0);
    expect(tarpit.connections.length).toBeLessThanOrEqual(SMTP_LIMITS.sessionsASlowHost);
    await port.close();
    await Promise.all(stuck);
  });

  it('and many like it keep at most a quarter of all sessions, so that the others go on', async () => {
    const tarpits = await Promise.all(Array.from({ length: 12 }, () => mailHost({ greeting: null })));
    const quick = await Promise.all(Array.from({ length: 12 }, () => mailHost({ rcpt: ALICE_AND_BOB })));
    // Long enough for the quick ones on a busy machine.
    const port = smtpPort({ limits: { sessionsInAll: 8 }, timeouts: { greetingMs: 60_000, slowAfterMs: 200 } });
    const ask = ({ port: at }: { port: number }, domain: string) =>
      port.ask(question([hostAt(at)], { domain, deadline: Date.now() + 120_000 }));
    const stuck = Promise.all(tarpits.map((tarpit, n) => ask(tarpit, `slow${String(n)}.test`)));
    const answers = await Promise.all(quick.map((host, n) => ask(host, `quick${String(n)}.test`)));
    expect(answers.map(wordOf)).toEqual(quick.map(() => 'accepted'));
    await port.close();
    // Those that were given up had only not answered in the time available.
    for (const answer of await stuck) expect(['timeout', 'disconnected']).toContain(wordOf(answer));
  });
});

describe('a host of no known provider that tells us to slow down', () => {
  it('gets one session at a time from then on, and each question a verdict from its words, not from our pace', async () => {
    let most = 0;
    const host = await mailHost({
      command: (line) => {
        if (line.startsWith('EHLO')) most = Math.max(most, host.connections.filter(({ socket }) => !socket.writableEnded).length);
        return undefined;
      },
      rcpt: (to, { recipients }) => (recipients > 2 ? '421 4.7.0 Too many, slow down' : ALICE_AND_BOB(to)),
    });
    const port = smtpPort();
    const hosts = [hostAt(host.port)];
    await Promise.all(['a', 'b', 'c', 'd'].map((localPart) => port.ask(question(hosts, { localPart }))));
    most = 0;
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => port.ask(question(hosts, { localPart: `u${String(n)}` }))),
    );
    expect(answers.map(wordOf).filter((word) => word !== 'mailbox_not_found')).toEqual([]);
    expect(most).toBe(1);
  });

  it.each([
    ['drops every session', { rcpt: () => HANG_UP }, 'disconnected'],
    ['refuses every connection', { greeting: '554 5.7.1 blocked' }, 'sender_blocked'],
    ['says 421 to every connection', { greeting: '421 4.7.0 Too many connections, try later' }, 'rate_limited'],
  ])('one that %s is known as such well within the budget', async (_, script, word) => {
    const host = await mailHost(script);
    const port = smtpPort();
    for (let round = 0; round < 3; round++) {
      const started = Date.now();
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_value, n) =>
          port.ask(question([hostAt(host.port)], { localPart: `u${String(n)}`, deadline: started + 10_000 })),
        ),
      );
      expect(new Set(answers.map(wordOf))).toEqual(new Set([word]));
    }
  });
});

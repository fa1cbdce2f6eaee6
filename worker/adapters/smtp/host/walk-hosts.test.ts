import { describe, expect, it } from 'vitest';
import { HANG_UP } from '@/simulators/mail/scripted-mail-host';
import {
  ALICE_AND_BOB,
  CLOSED_PORT,
  closeAfterwards,
  hostAt,
  mailHost,
  question,
  smtpPort,
  wordOf,
} from '@/tests/engine/smtp-setup';

describe('mail hosts', () => {
  it('a dead first host leaves the next one to answer, and is tried last for a while', async () => {
    const host = await mailHost({ rcpt: ALICE_AND_BOB });
    const port = smtpPort({ timeouts: { idleMs: 1 } });
    const hosts = [hostAt(CLOSED_PORT, 'mx1.test', 10), hostAt(host.port, 'mx2.test', 20)];
    const answer = await port.ask(question(hosts));
    expect(wordOf(answer)).toBe('accepted');
    expect(answer.evidence[0]).toMatchObject({ host: 'mx1.test', stage: 'connect', meaning: 'connect_failed', code: null });
    await expect.poll(() => host.connections.every(({ socket }) => socket.destroyed)).toBe(true);
    const second = await port.ask(question(hosts, { localPart: 'bob' }));
    expect(second.evidence[0]).toMatchObject({ host: 'mx2.test', code: 220 });
  });

  it('a mute first host gets only its share of the time', async () => {
    const mute = await mailHost({ greeting: null });
    const host = await mailHost({ rcpt: ALICE_AND_BOB });
    const port = smtpPort({ timeouts: { greetingMs: 60_000 } });
    const answer = await port.ask(question([hostAt(mute.port), hostAt(host.port)], { deadline: Date.now() + 800 }));
    expect(wordOf(answer)).toBe('accepted');
    expect(answer.evidence[0]).toMatchObject({ meaning: 'no_response' });
  });

  it.each([['421 4.3.2 Service shutting down, try later'], ['451 4.3.0 busy'], ['554 5.7.1 blocked']])(
    'the next host is asked after the greeting "%s"',
    async (greeting) => {
      const first = await mailHost({ greeting });
      const second = await mailHost({ rcpt: ALICE_AND_BOB });
      expect(wordOf(await smtpPort().ask(question([hostAt(first.port), hostAt(second.port)])))).toBe('accepted');
    },
  );

  it('the next host is asked after a drop before any recipient was answered', async () => {
    const first = await mailHost({
      command: (line) => (line.startsWith('MAIL') ? HANG_UP : undefined),
    });
    const second = await mailHost({ rcpt: ALICE_AND_BOB });
    expect(wordOf(await smtpPort().ask(question([hostAt(first.port), hostAt(second.port)])))).toBe('accepted');
  });

  it('if all hosts fail, the most telling outcome counts', async () => {
    const refusing = await mailHost({ greeting: '554 5.7.1 blocked' });
    const dropping = await mailHost({ raw: (socket) => socket.destroy() });
    const dead = () => hostAt(CLOSED_PORT, 'dead.test');
    expect(wordOf(await smtpPort().ask(question([dead()])))).toBe('connect_failed');
    expect(wordOf(await smtpPort().ask(question([dead(), hostAt(dropping.port)])))).toBe('disconnected');
    const answer = await smtpPort().ask(question([dead(), hostAt(dropping.port), hostAt(refusing.port, 'refusing.test')]));
    expect(answer.mailbox).toMatchObject({
      kind: 'reply',
      meaning: 'sender_blocked',
      host: 'refusing.test',
      reply: { code: 554 },
    });
  });

  it('an address that is not dialable is never dialed, even though the question names it', async () => {
    const host = await mailHost({});
    const answer = await smtpPort({ routability: { isDialable: () => false } }).ask(question([hostAt(host.port)]));
    expect(answer.mailbox).toMatchObject({ failure: 'connect_failed', detail: 'the address is not publicly routable' });
    expect(host.connections).toHaveLength(0);
  });

  it('"not hosted here" counts only when every host says it', async () => {
    const notMine = () => mailHost({ rcpt: () => '550 5.1.2 domain not hosted here' });
    const [one, two, real] = [await notMine(), await notMine(), await mailHost({ rcpt: ALICE_AND_BOB })];
    expect(wordOf(await smtpPort().ask(question([hostAt(one.port), hostAt(two.port)])))).toBe('domain_not_hosted');
    expect(wordOf(await smtpPort().ask(question([hostAt(one.port), hostAt(real.port)])))).toBe('accepted');
    expect(wordOf(await smtpPort().ask(question([hostAt(one.port), hostAt(CLOSED_PORT)])))).toBe('relay_denied');
  });

  it('no refusal before RCPT is ever about the mailbox', async () => {
    const greeting = await mailHost({ greeting: '550 5.1.1 no such user' });
    const mail = await mailHost({ mail: () => '550 5.1.1 no such user' });
    const helo = await mailHost({ command: (line) => (/^(EHLO|HELO)/.test(line) ? '550 5.1.1 no such user' : undefined) });
    for (const host of [greeting, mail, helo]) {
      expect(wordOf(await smtpPort().ask(question([hostAt(host.port)])))).toBe('policy_other');
    }
  });
});

describe('hosts that misbehave', () => {
  it.each([
    ['mute', null, 'no_response'],
    ['an HTTP server', 'HTTP/1.1 400 Bad Request', 'smtp_protocol_error'],
    ['garbage', '\u0000\u0001\u0002', 'smtp_protocol_error'],
    ['an endless line', '220 '.padEnd(5_000, 'x'), 'smtp_protocol_error'],
    ['more replies than were asked for', '220 hi\r\n250 ok\r\n250 ok\r\n250 ok\r\n250 ok', 'smtp_protocol_error'],
  ] as const)('%s: %s', async (_, greeting, failure) => {
    const host = await mailHost({ greeting });
    const answer = await smtpPort({ timeouts: { greetingMs: greeting === null ? 60 : 5_000 } }).ask(
      question([hostAt(host.port)]),
    );
    expect(answer.mailbox).toMatchObject({ kind: 'failure', failure });
    expect(answer.evidence.at(-1)).toMatchObject({ meaning: failure });
  });

  it('a tarpit that drips byte by byte ends at the budget, with the evidence so far', async () => {
    const timers: NodeJS.Timeout[] = [];
    closeAfterwards(() => Promise.resolve(timers.forEach((timer) => clearInterval(timer))));
    const host = await mailHost({
      rcpt: (_to, { socket }) => {
        timers.push(setInterval(() => socket.write('2'), 20));
        return null;
      },
    });
    const started = Date.now();
    const answer = await smtpPort({ timeouts: { rcptMs: 10_000 } }).ask(
      question([hostAt(host.port)], { deadline: started + 2_000 }),
    );
    expect(wordOf(answer)).toBe('timeout');
    // Well before the ten seconds that each reply alone could take.
    expect(Date.now() - started).toBeLessThan(8_000);
    expect(
      answer.evidence.filter(({ layer }) => layer === 'smtp').map(({ stage, meaning }) => `${stage} ${String(meaning)}`),
    ).toEqual(['connect accepted', 'helo accepted', 'mail accepted', 'rcpt timeout']);
  });

  it('a host that was mute until the budget ended gave no response', async () => {
    const host = await mailHost({ greeting: null });
    const answer = await smtpPort({ timeouts: { greetingMs: 60_000 } }).ask(
      question([hostAt(host.port)], { deadline: Date.now() + 100 }),
    );
    expect(wordOf(answer)).toBe('no_response');
  });

  it('a host that hangs up after EHLO, every time, is not dialed forever', async () => {
    const host = await mailHost({
      command: (line, { socket }) => (line.startsWith('EHLO') ? (socket.write('250 mx\r\n'), HANG_UP) : undefined),
    });
    expect(wordOf(await smtpPort().ask(question([hostAt(host.port)])))).toBe('disconnected');
    expect(host.connections.length).toBeLessThanOrEqual(4);
  });
});

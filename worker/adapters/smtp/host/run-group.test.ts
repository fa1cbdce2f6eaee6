import { describe, expect, it } from 'vitest';
import type { SmtpPort } from '@/worker/engine/ports';
import { HANG_UP, type ScriptedMailHost } from '@/simulators/mail/scripted-mail-host';
import { ALICE_AND_BOB, hostAt, mailHost, question, smtpPort, wordOf } from '@/tests/engine/smtp-setup';

const askMany = (port: SmtpPort, hosts: Parameters<typeof question>[0], count: number) =>
  Promise.all(Array.from({ length: count }, (_, n) => port.ask(question(hosts, { localPart: `user${String(n)}` }))));

/**
 * Without connections for recipients that had to be asked alone, and without the one that begins with a made-up name: a late mailbox may
 * follow it.
 */
const forGroups = ({ connections }: ScriptedMailHost) =>
  connections.filter(
    ({ recipients, lines }) => recipients > 1 && lines.find((line) => line.startsWith('RCPT'))?.includes('probe') !== true,
  );

describe('groups', () => {
  it('LIMITS RCPTMAX is respected', async () => {
    const host = await mailHost({ extensions: ['PIPELINING', 'LIMITS RCPTMAX=3 MAILMAX=4'], rcpt: ALICE_AND_BOB });
    const answers = await askMany(smtpPort(), [hostAt(host.port)], 20);
    expect(new Set(answers.map(wordOf))).toEqual(new Set(['mailbox_not_found']));
    for (const { lines } of host.connections) {
      const transactions = lines.join('\n').split('MAIL FROM').slice(1);
      expect(transactions.length).toBeLessThanOrEqual(4);
      for (const transaction of transactions) expect(transaction.match(/RCPT/g)?.length ?? 0).toBeLessThanOrEqual(3);
    }
  });

  it('452 4.5.3 after n recipients: the others are asked again, and no mailbox gets a wrong verdict', async () => {
    let inTransaction = 0;
    const host = await mailHost({
      mail: () => ((inTransaction = 0), '250 Ok'),
      rcpt: () => (++inTransaction > 4 ? '452 4.5.3 Too many recipients' : '250 Ok'),
    });
    const answers = await askMany(smtpPort({ limits: { sessionsAHost: 1 } }), [hostAt(host.port)], 30);
    expect(answers.map(wordOf)).toEqual(Array.from({ length: 30 }, () => 'accepted'));
    expect(forGroups(host)).toHaveLength(1);
  });

  it('a session that stays full is left for another', async () => {
    const host = await mailHost({ rcpt: (_to, { recipients }) => (recipients > 2 ? '452 Too many recipients' : '250 Ok') });
    const answers = await askMany(smtpPort({ limits: { sessionsAHost: 1 } }), [hostAt(host.port)], 6);
    expect(answers.map(wordOf)).toEqual(Array.from({ length: 6 }, () => 'accepted'));
    expect(host.connections.length).toBeGreaterThan(1);
  });

  it.each([
    // And one for the probe, since no recipient asked first was refused.
    ['503', '503 5.5.1 Error: need MAIL command', 3],
    // And one in which the refused mailbox is asked with the other sender.
    ['550', '550 5.1.1 No such user', 2],
  ])('a session in which the host found a mistake is not used again: after %s', async (_, reply, sessions) => {
    const host = await mailHost({ extensions: [], rcpt: (to) => (to.startsWith('alice') ? reply : ALICE_AND_BOB(to)) });
    const port = smtpPort();
    await port.ask(question([hostAt(host.port)]));
    await port.ask(question([hostAt(host.port)], { localPart: 'bob' }));
    expect(host.connections).toHaveLength(sessions);
  });

  it('the first group of a sender at a host is a mailbox and its probe: with MAIL no more than three refusals', async () => {
    const host = await mailHost({});
    const hosts = [hostAt(host.port)];
    const port = smtpPort({ limits: { sessionsAHost: 1 } });
    await askMany(port, hosts, 20);
    await askMany(port, hosts, 20);
    const [first] = host.connections;
    // MAIL and two recipients, then 19 more, and once the host is known all at once.
    expect(first?.reads).toBe(4);
    expect(first?.lines.slice(1, 4).map((line) => line.slice(0, 4))).toEqual(['MAIL', 'RCPT', 'RCPT']);
  });

  it.each([
    ['drops', HANG_UP],
    ['says 421', '421 4.7.0 Too many errors, closing'],
  ])('a host that %s after n recipients: the others are asked on new connections, one at a time', async (_, goodBye) => {
    let most = 0;
    const host = await mailHost({
      command: (line) => {
        if (line.startsWith('EHLO')) most = Math.max(most, host.connections.filter(({ socket }) => !socket.writableEnded).length);
        return undefined;
      },
      rcpt: (to, { recipients }) => (recipients <= 5 ? ALICE_AND_BOB(to) : goodBye),
    });
    const answers = await askMany(smtpPort({ limits: { sessionsAHost: 1 } }), [hostAt(host.port)], 20);
    expect(new Set(answers.map(wordOf))).toEqual(new Set(['mailbox_not_found']));
    // And one for the second opinion on several.
    expect(forGroups(host).length).toBeLessThanOrEqual(7);
    expect(most).toBe(1);
  });

  it('Postfix never gets to hang up after twenty refusals: such a session is left for another, after a full group', async () => {
    const refusals = new Map<unknown, number>();
    const host = await mailHost({
      greeting: '220 mx.test ESMTP Postfix (Debian/GNU)',
      rcpt: (to, { socket }) => {
        if (/[05]@/.test(to)) return '250 2.1.5 Ok';
        const count = (refusals.get(socket) ?? 0) + 1;
        refusals.set(socket, count);
        return count > 20 ? '421 4.7.0 Error: too many errors' : '550 5.1.1 No such user';
      },
    });
    const answers = await askMany(smtpPort(), [hostAt(host.port)], 200);
    expect(answers.filter((answer) => wordOf(answer) === 'accepted')).toHaveLength(40);
    expect(answers.filter((answer) => wordOf(answer) === 'mailbox_not_found')).toHaveLength(160);
    expect(Math.max(...refusals.values())).toBeLessThanOrEqual(20);
    expect(host.connections.length).toBeLessThanOrEqual(10);
  });

  it.each([
    ['that is hardly refused anything', '220 mx.test ESMTP Postfix', /00?@/],
    ['at a host that is not known to mind refusals', '220 mx.test ESMTP', /./],
  ])('a session %s stays', async (_, greeting, refused) => {
    const host = await mailHost({ greeting, rcpt: (to) => (refused.test(to) ? '550 5.1.1 No such user' : '250 2.1.5 Ok') });
    await askMany(smtpPort({ limits: { sessionsAHost: 1 } }), [hostAt(host.port)], 60);
    // The name that is asked alone begins another session, and so does the second opinion on several if none was accepted.
    expect(forGroups(host).length).toBeLessThanOrEqual(4);
  });

  it('a host that drops on one recipient settles that one and answers the others', async () => {
    const host = await mailHost({ rcpt: (to) => (to.startsWith('user3@') ? HANG_UP : '250 Ok') });
    const answers = await askMany(smtpPort(), [hostAt(host.port)], 6);
    expect(answers.map(wordOf)).toEqual(['accepted', 'accepted', 'accepted', 'disconnected', 'accepted', 'accepted']);
  });

  it('a provider that takes one recipient gets each probe in a separate session', async () => {
    const provider = { id: 'one', name: 'One', class: 'freemail', acceptance: 'probe', maxRecipients: 1, pace: null } as const;
    const host = await mailHost({ rcpt: ALICE_AND_BOB });
    const answer = await smtpPort().ask(question([hostAt(host.port)], { provider }));
    expect(answer.catchAll.kind).toBe('refuses_unknown');
    expect(host.connections.map(({ recipients }) => recipients)).toEqual([1, 1, 1]);
  });
});

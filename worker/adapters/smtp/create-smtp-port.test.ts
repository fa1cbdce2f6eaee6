import { describe, expect, it } from 'vitest';
import { createMemoryCatchAllStore } from './catch-all/domain-state';
import { ALICE_AND_BOB, hostAt, mailHost, probesOf, question, smtpPort, wordOf } from '@/tests/engine/smtp-setup';

describe('one question', () => {
  it('asks the mailbox first and its probe with it, in one round trip if PIPELINING is announced', async () => {
    const host = await mailHost({ rcpt: ALICE_AND_BOB });
    const answer = await smtpPort().ask(question([hostAt(host.port, 'mx.a.test')]));
    expect(wordOf(answer)).toBe('accepted');
    expect(answer.catchAll).toMatchObject({ kind: 'refuses_unknown', remembered: false, host: 'mx.a.test' });
    expect(host.asked[0]).toBe('alice@example.test');
    expect(host.asked).toHaveLength(3);
    // The other name of the pair is asked with nothing before it, because no recipient asked first has been refused yet.
    expect(host.connections.map(({ recipients }) => recipients)).toEqual([2, 1]);
    // EHLO, then MAIL and both RCPTs. It stays open beside the other session.
    expect(host.connections[0]?.reads).toBe(2);
  });

  it('asks one command at a time if PIPELINING is not announced', async () => {
    const host = await mailHost({ extensions: [], rcpt: ALICE_AND_BOB });
    const answer = await smtpPort().ask(question([hostAt(host.port)]));
    expect(wordOf(answer)).toBe('accepted');
    // EHLO, MAIL, the mailbox, and a name of the pair.
    expect(host.connections[0]?.reads).toBe(4);
  });

  it('says HELO if EHLO is refused, and then asks one at a time', async () => {
    const host = await mailHost({ extensions: null, rcpt: ALICE_AND_BOB });
    const answer = await smtpPort().ask(question([hostAt(host.port)], { localPart: 'carol' }));
    expect(wordOf(answer)).toBe('mailbox_not_found');
    expect(host.connections[0]?.lines.slice(0, 3)).toEqual(['EHLO checker.example', 'HELO checker.example', 'MAIL FROM:<>']);
  });

  it('keeps one evidence item per exchange, redacted, in order', async () => {
    const host = await mailHost({ rcpt: (to) => (to.startsWith('alice') ? `250 <${to}> ok` : `550 5.1.1 <${to}> user unknown`) });
    const answer = await smtpPort().ask(question([hostAt(host.port, 'mx.e.test')]));
    expect(answer.evidence.map(({ layer, stage, code }) => `${layer} ${stage} ${String(code)}`)).toEqual([
      'smtp connect 220',
      'smtp helo 250',
      'smtp mail 250',
      'smtp rcpt 250',
      'catch_all rcpt 550',
      'catch_all rcpt 550',
    ]);
    expect(JSON.stringify(answer)).not.toMatch(/alice@|probe-\d/);
    expect(answer.evidence[3]).toMatchObject({
      host: 'mx.e.test',
      identity: 'checker.example',
      text: '<<address>> ok',
      meaning: 'accepted',
    });
  });

  it('a second question on a warm session needs one round trip and no new connection, even without PIPELINING', async () => {
    const host = await mailHost({ extensions: [], rcpt: ALICE_AND_BOB });
    const port = smtpPort();
    const hosts = [hostAt(host.port)];
    await port.ask(question(hosts));
    const connections = host.connections.length;
    const before = host.connections.at(-1)?.reads ?? 0;
    const answer = await port.ask(question(hosts, { localPart: 'bob' }));
    expect(wordOf(answer)).toBe('accepted');
    expect(host.connections).toHaveLength(connections);
    expect((host.connections.at(-1)?.reads ?? 0) - before).toBe(1);
    expect(answer.evidence[0]).toMatchObject({ stage: 'connect' });
  });

  it('an idle session ends with QUIT', async () => {
    const host = await mailHost({ rcpt: ALICE_AND_BOB });
    const port = smtpPort({ timeouts: { idleMs: 20 } });
    await port.ask(question([hostAt(host.port)]));
    await new Promise((resolve) => host.connections.at(-1)?.socket.once('close', resolve));
    expect(host.connections.at(-1)?.lines.at(-1)).toBe('QUIT');
  });

  it('close says QUIT on a session whose last reply has just come', async () => {
    const host = await mailHost({ rcpt: ALICE_AND_BOB });
    const port = smtpPort();
    await port.ask(question([hostAt(host.port)]));
    await port.close();
    expect(host.connections.at(-1)?.lines.at(-1)).toBe('QUIT');
  });

  it('close says QUIT on warm sessions, ends every socket and answers at once all who still wait', async () => {
    const warm = await mailHost({ rcpt: ALICE_AND_BOB });
    const mute = await mailHost({ greeting: null });
    const port = smtpPort({ timeouts: { greetingMs: 5_000 } });
    await port.ask(question([hostAt(warm.port)]));
    const waiting = port.ask(question([hostAt(mute.port)], { domain: 'mute.test' }));
    while (mute.connections.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await port.close();
    expect(await waiting).toMatchObject({ mailbox: { kind: 'failure', failure: 'disconnected' } });
    expect(warm.connections[0]?.lines.at(-1)).toBe('QUIT');
    expect(wordOf(await port.ask(question([hostAt(warm.port)])))).toBe('disconnected');
  });
});

describe('many questions', () => {
  it('a hundred questions about one domain cost at most five connections and one pair of probes', async () => {
    const host = await mailHost({ rcpt: (to) => (/^user\d*[02468]@/.test(to) ? '250 Ok' : '550 5.1.1 No such user') });
    const port = smtpPort();
    const hosts = [hostAt(host.port)];
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => port.ask(question(hosts, { localPart: `user${String(n)}` }))),
    );
    answers.forEach((answer, n) => {
      expect(wordOf(answer)).toBe(n % 2 === 0 ? 'accepted' : 'mailbox_not_found');
      if (n % 2 === 0) expect(answer.catchAll.kind).toBe('refuses_unknown');
    });
    expect(host.connections.length).toBeLessThanOrEqual(5);
    expect(probesOf(host).length).toBeLessThanOrEqual(2);
    expect(host.asked[0]).toBe('user0@example.test');
    // Some are asked again to see whether the host still means what it says.
    expect(host.asked.length - probesOf(host).length).toBeLessThanOrEqual(108);
    // No transaction had more than 25 recipients.
    for (const { lines } of host.connections) {
      for (const transaction of lines.join('\n').split('MAIL FROM').slice(1)) {
        expect(transaction.match(/RCPT/g)?.length ?? 0).toBeLessThanOrEqual(25);
      }
    }
  });

  it('domains that share their mail hosts share sessions, and each has its own pair of probes', async () => {
    const host = await mailHost({ rcpt: ALICE_AND_BOB });
    const port = smtpPort();
    const hosts = [hostAt(host.port)];
    await Promise.all(['a.test', 'b.test', 'c.test'].map((domain) => port.ask(question(hosts, { domain }))));
    // One more for the first name that is asked alone: after that it is known that the host refuses in that position too.
    expect(host.connections).toHaveLength(2);
    const probed = probesOf(host).map((to) => to.split('@')[1]);
    expect(probed.toSorted()).toEqual(['a.test', 'a.test', 'b.test', 'b.test', 'c.test', 'c.test']);
  });

  it('a slow host delays no other', async () => {
    const slow = await mailHost({ greeting: null });
    const quick = await mailHost({ rcpt: ALICE_AND_BOB });
    const port = smtpPort({ timeouts: { greetingMs: 60_000 } });
    let isSlowDone = false;
    const stuck = Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        port.ask(
          question([hostAt(slow.port, 'slow.test')], {
            localPart: `u${String(n)}`,
            domain: 'slow.test',
            deadline: Date.now() + 60_000,
          }),
        ),
      ),
    ).then(() => (isSlowDone = true));
    expect(wordOf(await port.ask(question([hostAt(quick.port)])))).toBe('accepted');
    expect(isSlowDone).toBe(false);
    await port.close();
    await stuck;
    expect(slow.connections.length).toBeLessThanOrEqual(2);
  });

  it('sessions at one provider are capped, and all questions are still answered', async () => {
    const provider = { id: 'p', name: 'P', class: 'mailbox', acceptance: 'probe', maxRecipients: null, pace: null } as const;
    let standing = 0;
    let most = 0;
    const hosts = await Promise.all(
      Array.from({ length: 6 }, () =>
        mailHost({
          command: (line, { socket }) => {
            if (line.startsWith('EHLO')) {
              standing += 1;
              most = Math.max(most, standing);
              socket.once('close', () => (standing -= 1));
            }
            return undefined;
          },
        }),
      ),
    );
    const port = smtpPort({ limits: { providerPace: { sessions: 2, connectionsPerMinute: 600, recipientsPerMinute: 6_000 } } });
    const answers = await Promise.all(
      hosts.map((host, n) => port.ask(question([hostAt(host.port)], { provider, domain: `d${String(n)}.test` }))),
    );
    expect(answers.map(wordOf)).toEqual(Array.from({ length: 6 }, () => 'accepted'));
    expect(most).toBeLessThanOrEqual(3);
  });
});

describe('the catch-all probe', () => {
  it('an accepted made-up name is remembered with its reply, and not asked again', async () => {
    const host = await mailHost({});
    const catchAll = createMemoryCatchAllStore();
    const port = smtpPort({ catchAll });
    const hosts = [hostAt(host.port, 'mx.all.test')];
    expect((await port.ask(question(hosts))).catchAll.kind).toBe('accepts_all');
    expect(await catchAll.find('example.test')).toMatchObject({
      catchAll: true,
      code: 250,
      enhanced: '2.1.5',
      text: 'Ok',
      host: 'mx.all.test',
    });
    const second = await port.ask(question(hosts, { localPart: 'bob' }));
    expect(second.catchAll).toMatchObject({ kind: 'accepts_all', remembered: true });
    expect(second.evidence.at(-1)).toMatchObject({ layer: 'catch_all', rule: 'remembered', code: 250 });
    expect(probesOf(host)).toHaveLength(2);
  });

  it('a fact older than a day is asked for again', async () => {
    const host = await mailHost({ rcpt: ALICE_AND_BOB });
    const catchAll = createMemoryCatchAllStore();
    const old = {
      domain: 'example.test',
      catchAll: true,
      checkedAt: Date.now() - 24 * 3_600_000,
      code: 250,
      enhanced: null,
      text: '',
      host: 'mx',
      isBySession: false,
    };
    await catchAll.remember(old);
    expect((await smtpPort({ catchAll }).ask(question([hostAt(host.port)]))).catchAll).toMatchObject({
      kind: 'refuses_unknown',
      remembered: false,
    });
  });

  it('a probe that was put off is repeated once a day, by a mailbox that comes back and is accepted, with the same name', async () => {
    const host = await mailHost({ rcpt: (to) => (to.startsWith('probe-') ? '451 4.7.1 Greylisted, 300 seconds' : '250 Ok') });
    const port = smtpPort();
    const hosts = [hostAt(host.port)];
    const first = await port.ask(question(hosts, { localPart: 'a' }));
    const { triplet } = first;
    for (const [localPart, isBack] of [
      ['b', false],
      ['a', true],
      ['c', false],
      ['d', true],
    ] as const) {
      const { catchAll } = await port.ask(question(hosts, { localPart, triplet: isBack ? triplet : null }));
      // It was put off again when its mailbox came back, so it is not a greylist that keeps it away.
      if (localPart === 'b') expect(catchAll).toEqual({ kind: 'undecided', meaning: 'greylisted' });
      else expect(catchAll).toEqual({ kind: 'refuses_others', code: 451 });
    }
    expect(probesOf(host)).toHaveLength(2);
    expect(new Set(probesOf(host)).size).toBe(1);
  });

  it('a refused mailbox does not wait for the probe, whose answer is remembered when it comes', async () => {
    let answerProbe = (): void => undefined;
    const host = await mailHost({
      extensions: [],
      rcpt: (to, { socket }) => {
        if (!to.startsWith('probe-')) return '550 5.1.1 No such user';
        answerProbe = () => socket.write('550 5.1.1 No such user\r\n');
        return null;
      },
    });
    const catchAll = createMemoryCatchAllStore();
    const answer = await smtpPort({ catchAll }).ask(question([hostAt(host.port)]));
    expect(wordOf(answer)).toBe('mailbox_not_found');
    expect(answer.catchAll.kind).toBe('not_asked');
    while (probesOf(host).length === 0) await new Promise((resolve) => setImmediate(resolve));
    answerProbe();
    while ((await catchAll.find('example.test')) === null) await new Promise((resolve) => setImmediate(resolve));
    expect(await catchAll.find('example.test')).toMatchObject({ catchAll: false });
  });

  it('a store that fails costs only the memory', async () => {
    const host = await mailHost({ rcpt: ALICE_AND_BOB });
    const isDown = () => Promise.reject(new Error('down'));
    const catchAll = { find: isDown, remember: isDown, claim: isDown, release: isDown };
    const port = smtpPort({ catchAll });
    const hosts = [hostAt(host.port)];
    const answer = await port.ask(question(hosts));
    expect(answer.catchAll.kind).toBe('refuses_unknown');
    // What this process found replaces it, dated and marked as remembered, without another probe.
    const later = await port.ask(question(hosts, { localPart: 'bob' }));
    expect(later.catchAll).toMatchObject({ kind: 'refuses_unknown', remembered: true });
    expect(probesOf(host)).toHaveLength(2);
  });
});

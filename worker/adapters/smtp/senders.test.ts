import { describe, expect, it } from 'vitest';
import type { SmtpPort } from '@/worker/engine/ports';
import { ALICE_AND_BOB, CLOSED_PORT, hostAt, mailHost, question, smtpPort, wordOf } from '@/tests/engine/smtp-setup';

const askMany = (port: SmtpPort, hosts: Parameters<typeof question>[0], count: number) =>
  Promise.all(Array.from({ length: count }, (_, n) => port.ask(question(hosts, { localPart: `user${String(n)}` }))));

describe('senders', () => {
  const pool = [
    { address: null, helo: 'one.example', mailFrom: '' },
    { address: null, helo: 'two.example', mailFrom: '' },
  ];

  it.each([
    ['in the same session', 'MAIL was said alone', [], 1],
    ['in a new one', 'RCPT followed it, which was an error', ['PIPELINING'], 2],
  ])('if the null sender is refused at MAIL, postmaster asks: %s where %s', async (_where, _when, extensions, sessions) => {
    const host = await mailHost({
      extensions,
      mail: (from) => (from === '' ? '550 5.7.1 null sender refused' : '250 Ok'),
      rcpt: ALICE_AND_BOB,
    });
    expect(wordOf(await smtpPort().ask(question([hostAt(host.port)])))).toBe('accepted');
    // And one session in which the second name of the pair is asked alone.
    expect(host.connections).toHaveLength(sessions + 1);
    expect(host.connections.at(-1)?.lines).toContain('MAIL FROM:<postmaster@checker.example>');
  });

  it('if it is refused at RCPT, postmaster asks too, and the next question begins with the sender that worked', async () => {
    let from = '';
    const host = await mailHost({
      mail: (sender) => ((from = sender), '250 Ok'),
      rcpt: (to) => (from === '' ? '550 5.7.1 null sender refused' : ALICE_AND_BOB(to)),
    });
    const port = smtpPort();
    const hosts = [hostAt(host.port)];
    const answer = await port.ask(question(hosts));
    expect(wordOf(answer)).toBe('accepted');
    expect(answer.catchAll.kind).toBe('refuses_unknown');
    const before = host.connections.map(({ lines }) => lines.length);
    await port.ask(question(hosts, { localPart: 'bob' }));
    const said = host.connections.flatMap(({ lines }, at) => lines.slice(before[at] ?? 0));
    expect(said).toEqual(['RCPT TO:<bob@example.test>']);
  });

  it('if our own sender is refused, the null sender asks', async () => {
    const host = await mailHost({ mail: (from) => (from === '' ? '250 Ok' : '553 5.1.8 sender refused'), rcpt: ALICE_AND_BOB });
    const identities = [{ address: null, helo: 'one.example', mailFrom: 'check@one.example' }];
    expect(wordOf(await smtpPort({ identities }).ask(question([hostAt(host.port)])))).toBe('accepted');
  });

  it.each([
    ['greeting', { greeting: '554 5.7.1 one.example blocked' }],
    ['MAIL', { mail: () => '550 5.7.1 blocked' }],
    ['RCPT', { rcpt: () => '550 5.7.1 blocked' }],
  ] as const)('blocked at %s: every identity of the pool is tried, and the block is the outcome', async (_, script) => {
    const host = await mailHost(script);
    const answer = await smtpPort({ identities: pool }).ask(question([hostAt(host.port)]));
    expect(wordOf(answer)).toBe('sender_blocked');
    expect(new Set(answer.evidence.map(({ identity }) => identity))).toEqual(new Set(['one.example', 'two.example']));
  });

  it('if one identity is blocked, the next one gets the answer', async () => {
    const host = await mailHost({
      rcpt: (to, { lines }) => (lines.includes('EHLO one.example') ? '550 5.7.1 blocked' : ALICE_AND_BOB(to)),
    });
    const answer = await smtpPort({ identities: pool }).ask(question([hostAt(host.port)]));
    expect(wordOf(answer)).toBe('accepted');
    expect(answer.catchAll.kind).toBe('refuses_unknown');
  });

  it('a greylisted mailbox carries its triplet and delay; the retry uses the same sender and host, though it is the second', async () => {
    const seen = new Set<string>();
    const script = {
      rcpt: (to: string) => (seen.has(to) ? ALICE_AND_BOB(to) : (seen.add(to), '451 4.7.1 Greylisted, try again in 300 seconds')),
    };
    const first = await mailHost({ greeting: '421 try later' });
    const second = await mailHost(script);
    const hosts = [hostAt(first.port, 'mx1.test'), hostAt(second.port, 'mx2.test', 20)];
    const port = smtpPort({ identities: pool });
    const answer = await port.ask(question(hosts));
    expect(answer.mailbox).toMatchObject({ meaning: 'greylisted', retryAfterS: 300 });
    expect(answer.triplet).toEqual({ identityHelo: 'one.example', identityAddress: null, mailFrom: '', host: 'mx2.test' });
    const later = smtpPort({ identities: [...pool].reverse() });
    const retry = await later.ask(question(hosts, { triplet: answer.triplet }));
    expect(wordOf(retry)).toBe('accepted');
    expect(retry.evidence[0]).toMatchObject({ host: 'mx2.test', identity: 'one.example' });
    expect(first.connections).toHaveLength(1);
  });

  it('a greylist retry takes any other host when its own is gone', async () => {
    const host = await mailHost({ rcpt: ALICE_AND_BOB });
    const triplet = { identityHelo: 'checker.example', identityAddress: null, mailFrom: '', host: 'gone.test' };
    const hosts = [hostAt(host.port, 'mx1.test'), hostAt(CLOSED_PORT, 'gone.test', 20)];
    expect(wordOf(await smtpPort().ask(question(hosts, { triplet })))).toBe('accepted');
  });

  it('a greylisted recipient leaves the others of its group alone', async () => {
    const host = await mailHost({ rcpt: (to) => (to.startsWith('user1@') ? '450 4.2.0 Greylisted' : '250 Ok') });
    const answers = await askMany(smtpPort(), [hostAt(host.port)], 3);
    expect(answers.map(wordOf)).toEqual(['accepted', 'greylisted', 'accepted']);
  });

  it('an identity whose address is not on this machine gives way to the next', async () => {
    const host = await mailHost({ rcpt: ALICE_AND_BOB });
    const identities = [{ address: '203.0.113.7', helo: 'gone.example', mailFrom: '' }, ...pool];
    const dial = (_address: string, _port: number, localAddress: string | null) => ({
      host: '127.0.0.1',
      port: host.port,
      localAddress,
    });
    const answer = await smtpPort({ identities, dial }).ask(question([hostAt(host.port)]));
    expect(wordOf(answer)).toBe('accepted');
    expect(answer.evidence[0]).toMatchObject({ identity: 'gone.example', meaning: 'connect_failed', text: 'EADDRNOTAVAIL' });
  });

  it('if the form of the HELO name is refused, the literal of our own address is offered', async () => {
    const host = await mailHost({
      rcpt: ALICE_AND_BOB,
      command: (line) => (/^(EHLO|HELO) [^[]/.test(line) ? '501 5.5.4 Invalid domain name' : undefined),
    });
    const identities = [{ address: '203.0.113.7', helo: 'odd_name', mailFrom: '' }];
    expect(wordOf(await smtpPort({ identities }).ask(question([hostAt(host.port)])))).toBe('accepted');
    expect(host.connections[0]?.lines.slice(0, 3)).toEqual(['EHLO odd_name', 'HELO odd_name', 'EHLO [203.0.113.7]']);
  });
});

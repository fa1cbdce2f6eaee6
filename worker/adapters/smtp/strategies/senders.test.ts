import { expect, it } from 'vitest';
import { mailHost } from '@/tests/engine/smtp-setup';
import { BLOCKED, EXISTS, HONEST, verdictOf, worldOf } from '@/tests/engine/strategy-setup';

const own = { address: null, helo: 'one.example', mailFrom: 'check@one.example' };
const two = { address: null, helo: 'two.example', mailFrom: '' };

it('null-sender: if it is refused at MAIL or at RCPT, a real sender asks', async () => {
  for (const isAtRcpt of [false, true]) {
    let from = '';
    const refusal = '550 5.7.1 null sender refused';
    const host = await mailHost({
      mail: (sender) => ((from = sender), !isAtRcpt && sender === '' ? refusal : '250 Ok'),
      rcpt: (to) => (from === '' ? refusal : HONEST(to)),
    });
    expect(verdictOf(await worldOf([host.port]).verify('mary@example.com'))).toBe(EXISTS);
    const { lines } = host.connections[isAtRcpt ? 0 : 1] ?? { lines: [] };
    // RCPT after a refused MAIL is an error, and a session with an error is not used again.
    expect(lines).toContain('MAIL FROM:<postmaster@checker.example>');
  }
});

it('real-sender: if it is refused, the null sender asks', async () => {
  const host = await mailHost({ mail: (from) => (from === '' ? '250 Ok' : '553 5.1.8 Sender address rejected'), rcpt: HONEST });
  expect(verdictOf(await worldOf([host.port], { identities: [own] }).verify('mary@example.com'))).toBe(EXISTS);
});

it('real-sender: if every sender is refused, that is about us', async () => {
  const host = await mailHost({ mail: () => '553 5.1.8 Sender address rejected' });
  expect(verdictOf(await worldOf([host.port], { identities: [own] }).verify('mary@example.com'))).toBe(BLOCKED);
});

it('helo: if EHLO is not known, HELO is sent', async () => {
  const host = await mailHost({ extensions: null, rcpt: HONEST });
  expect(verdictOf(await worldOf([host.port]).verify('mary@example.com'))).toBe(EXISTS);
  expect(host.connections[0]?.lines.slice(0, 2)).toEqual(['EHLO checker.example', 'HELO checker.example']);
});

it('helo: if the form of the name is refused, the literal of our address is offered', async () => {
  const host = await mailHost({
    rcpt: HONEST,
    command: (line) => (/^(EHLO|HELO) [^[]/.test(line) ? '501 5.5.4 Invalid domain name' : undefined),
  });
  const identities = [{ address: '203.0.113.7', helo: 'odd_name', mailFrom: '' }];
  expect(verdictOf(await worldOf([host.port], { identities }).verify('mary@example.com'))).toBe(EXISTS);
});

it('helo: if none of our names is accepted, that is about us', async () => {
  const host = await mailHost({ command: (line) => (/^(EHLO|HELO)/.test(line) ? '550 5.7.1 HELO name rejected' : undefined) });
  expect(verdictOf(await worldOf([host.port]).verify('mary@example.com'))).toBe(BLOCKED);
});

it('helo: a name refused at RCPT is not used again: the next identity asks, within the pair of probes', async () => {
  const host = await mailHost({
    rcpt: (to, { lines }) =>
      lines.includes('EHLO one.example') ? '550 5.7.1 <one.example>: Helo command rejected: Access denied' : HONEST(to),
  });
  expect(verdictOf(await worldOf([host.port], { identities: [own, two] }).verify('mary@example.com'))).toBe(EXISTS);
  expect(host.connections[0]?.lines.filter((line) => line.startsWith('MAIL'))).toHaveLength(1);
});

it('helo: a name refused for one domain, while others were accepted in the same session, is not treated as an odd probe', async () => {
  const isRefused = (to: string, lines: readonly string[]): boolean =>
    to.endsWith('@late.example') && lines.includes('EHLO one.example');
  const host = await mailHost({
    rcpt: (to, { lines }) =>
      isRefused(to, lines) ? '550 5.7.1 <one.example>: Helo command rejected: Access denied' : HONEST(to),
  });
  const { verify } = worldOf([host.port], { identities: [own, two] });
  const answers = await Promise.all([verify('mary@example.com'), verify('mary@late.example')]);
  expect(answers.map(verdictOf)).toEqual([EXISTS, EXISTS]);
});

it.each([
  ['the greeting', { greeting: '554 5.7.1 Your IP address is blocked' }],
  ['MAIL', { mail: () => '550 5.7.1 Your IP address is blocked' }],
  ['RCPT', { rcpt: () => '550 5.7.1 Service unavailable; client host blocked using a blocklist' }],
])('blocked: if every identity of the pool is refused at %s, that is about us', async (_, script) => {
  const host = await mailHost(script);
  const answer = await worldOf([host.port], { identities: [own, two] }).verify('mary@example.com');
  expect(verdictOf(answer)).toBe(BLOCKED);
  expect(new Set(answer.evidence.flatMap(({ identity }) => identity ?? []))).toEqual(new Set(['one.example', 'two.example']));
});

it('blocked: if one identity is refused, the next one gets the answer', async () => {
  const host = await mailHost({
    rcpt: (to, { lines }) => (lines.includes('EHLO one.example') ? '550 5.7.1 Your IP address is blocked' : HONEST(to)),
  });
  expect(verdictOf(await worldOf([host.port], { identities: [own, two] }).verify('mary@example.com'))).toBe(EXISTS);
});

it('smtputf8: requested only if the mailbox needs it and the host offers it', async () => {
  const offering = await mailHost({ extensions: ['PIPELINING', 'SMTPUTF8'], rcpt: HONEST });
  const { verify } = worldOf([offering.port]);
  expect(verdictOf(await verify('mary@example.com'))).toBe(EXISTS);
  expect(offering.connections[0]?.lines.filter((line) => line.includes('SMTPUTF8'))).toEqual([]);
  expect(verdictOf(await verify('zoë@example.com'))).toBe(EXISTS);
  const without = await mailHost({ extensions: ['PIPELINING'], rcpt: HONEST });
  const answer = await worldOf([without.port]).verify('zoë@example.com');
  expect(verdictOf(answer)).toBe(BLOCKED);
  expect(answer.evidence.map(({ rule }) => rule)).toContain('smtputf8-not-offered');
});

import { expect, it } from 'vitest';
import type { ScriptedMailHost } from '@/simulators/mail/scripted-mail-host';
import { hostAt, IDENTITY, mailHost, probesOf } from '@/tests/engine/smtp-setup';
import { EXISTS, HONEST, isProbe, NOT_FOUND, verdictOf, worldAt, worldOf } from '@/tests/engine/strategy-setup';

/** Refuses each name once for each sender with these words. */
function greylister(words: string, isMeant: (to: string) => boolean = () => true) {
  const seen = new Set<string>();
  return mailHost({
    rcpt: (to) => {
      if (!isMeant(to) || seen.has(to)) return HONEST(to);
      seen.add(to);
      return words;
    },
  });
}

it('greylist: the same identity and sender ask the same host again, after the time it named', async () => {
  const first = await mailHost({ greeting: '421 4.3.2 Service shutting down' });
  const host = await greylister('451 4.7.1 Greylisted, please try again in 300 seconds');
  const pool = [
    { address: null, helo: 'one.example', mailFrom: 'check@one.example' },
    { address: null, helo: 'two.example', mailFrom: '' },
  ];
  const answer = await worldOf([first.port, host.port], { identities: pool }).verify('mary@example.com');
  expect(verdictOf(answer)).toBe('unknown greylisted');
  expect(answer.askAgain).toMatchObject({
    afterS: 300,
    triplet: { identityHelo: 'one.example', mailFrom: 'check@one.example', host: 'mx2.mail.test' },
  });
  const later = worldOf([first.port, host.port], { identities: [...pool].reverse() });
  const triplet = answer.askAgain?.triplet ?? null;
  const retry = await later.verify('mary@example.com', { triplet });
  // Only now is the probe itself greylisted.
  expect([EXISTS, 'unknown greylisted']).toContain(verdictOf(retry));
  expect(host.connections.at(-1)?.lines).toEqual(expect.arrayContaining(['EHLO one.example', 'MAIL FROM:<check@one.example>']));
  expect(first.connections).toHaveLength(1);
});

it('greylist-421: a 421 and a hang-up at the first try is a greylisting, for the probe too', async () => {
  const host = await greylister('421 4.7.0 Greylisted, please try again in 60 seconds');
  const { verify } = worldOf([host.port], { timeouts: { idleMs: 1 } });
  const first = await verify('mary@example.com');
  expect(verdictOf(first)).toBe('unknown greylisted');
  expect(first.askAgain?.afterS).toBe(60);
  const second = await verify('mary@example.com', { triplet: first.askAgain?.triplet ?? null });
  expect(verdictOf(second)).toBe('unknown greylisted');
  const third = await verify('mary@example.com', { triplet: second.askAgain?.triplet ?? null });
  expect(verdictOf(third)).toBe(EXISTS);
  expect(new Set(probesOf(host)).size).toBe(1);
});

it('greylist: if only the probe is greylisted, the verdict waits for it, with the same name', async () => {
  const host = await greylister('450 4.2.0 Greylisted', isProbe);
  const { verify } = worldOf([host.port]);
  const first = await verify('mary@example.com');
  expect(verdictOf(first)).toBe('unknown greylisted');
  const second = await verify('mary@example.com', { triplet: first.askAgain?.triplet ?? null });
  expect(verdictOf(second)).toBe(EXISTS);
  expect(probesOf(host)).toHaveLength(2);
  expect(new Set(probesOf(host)).size).toBe(1);
});

it('greylist: a probe that was put off is asked again by the question that comes back, not by others meanwhile', async () => {
  const host = await greylister('450 4.2.0 Greylisted', isProbe);
  const { verify } = worldOf([host.port]);
  const first = await verify('mary@example.com');
  for (const name of ['john', 'anna']) expect(verdictOf(await verify(`${name}@example.com`))).toBe('unknown greylisted');
  expect(probesOf(host)).toHaveLength(1);
  expect(verdictOf(await verify('mary@example.com', { triplet: first.askAgain?.triplet ?? null }))).toBe(EXISTS);
  expect(verdictOf(await verify('john@example.com'))).toBe(EXISTS);
  expect(probesOf(host)).toHaveLength(2);
});

const FOR_EVER = '450 4.7.1 Greylisted, try again later';
const putsOff = () => mailHost({ rcpt: () => FOR_EVER });
const ranked = (...preferences: readonly (readonly [ScriptedMailHost, number])[]) =>
  worldAt(preferences.map(([{ port }, preference], n) => hostAt(port, `mx${String(n)}.mail.test`, preference)));
const AFTER_THE_FIRST = {
  identityAddress: IDENTITY.address,
  identityHelo: IDENTITY.helo,
  mailFrom: IDENTITY.mailFrom,
  host: 'mx0.mail.test',
};

it('still-put-off: a retry that the same host puts off again asks one of the same preference, never a backup', async () => {
  const [stubborn, equal, backup] = await Promise.all([putsOff(), mailHost({ rcpt: HONEST }), mailHost({})]);
  const { verify } = ranked([stubborn, 10], [equal, 10], [backup, 20]);
  for (const [name, verdict] of [['mary', EXISTS] as const, ['gone', NOT_FOUND] as const]) {
    expect(verdictOf(await verify(`${name}@example.com`, { triplet: AFTER_THE_FIRST }))).toBe(verdict);
  }
  expect(stubborn.connections).not.toHaveLength(0);
  expect(backup.connections).toHaveLength(0);
});

it('still-put-off: if the other host puts it off too, it is asked once and is the one to come back to', async () => {
  const [first, second, backup] = await Promise.all([putsOff(), putsOff(), mailHost({})]);
  const { verify } = ranked([first, 10], [second, 10], [backup, 20]);
  const answer = await verify('mary@example.com', { triplet: AFTER_THE_FIRST });
  expect(verdictOf(answer)).toBe('unknown greylisted');
  expect(answer.askAgain?.triplet).toMatchObject({ host: 'mx1.mail.test' });
  const named = (host: ScriptedMailHost) =>
    host.connections.flatMap(({ lines }) => lines.filter((line) => line.startsWith('RCPT TO:<mary@')));
  expect([named(first), named(second)].map(({ length }) => length)).toEqual([1, 1]);
  expect(backup.connections).toHaveLength(0);
});

it('still-put-off: the first time, nobody else is asked', async () => {
  const [first, second] = await Promise.all([putsOff(), putsOff()]);
  const answer = await ranked([first, 10], [second, 10]).verify('mary@example.com');
  expect(verdictOf(answer)).toBe('unknown greylisted');
  expect(first.connections.length + second.connections.length).toBe(1);
});

it('being-verified: a host that is still looking the mailbox up is asked again later', async () => {
  const words = (to: string) =>
    `450 4.1.1 <${to}>: Recipient address rejected: unverified address: Address verification in progress`;
  const host = await mailHost({ rcpt: words });
  const answer = await worldOf([host.port]).verify('mary@example.com');
  expect(verdictOf(answer)).toBe('unknown temporary_failure');
  expect(answer.askAgain).not.toBeNull();
});

it.each([
  ['421 4.7.28 Unusual rate of mail from your address, slow down'],
  ['450 4.7.1 Too much mail from your address, slow down'],
])('makes-way: an identity that is told to slow down at MAIL makes way for another at the next attempt: %s', async (words) => {
  const host = await mailHost({
    mail: (_from, { lines }) => (lines.includes('EHLO one.example') ? words : '250 2.1.0 Ok'),
    rcpt: HONEST,
  });
  const pool = ['one', 'two'].map((name) => ({ address: null, helo: `${name}.example`, mailFrom: '' }));
  const { verify } = worldOf([host.port], { identities: pool });
  const first = await verify('mary@example.com');
  expect(verdictOf(first)).toBe('unknown rate_limited');
  expect(host.connections.filter(({ lines }) => lines.includes('EHLO two.example'))).toHaveLength(0);
  expect(verdictOf(await verify('mary@example.com', { triplet: first.askAgain?.triplet ?? null }))).toBe(EXISTS);
});

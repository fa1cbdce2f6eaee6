import { expect, it } from 'vitest';
import type { MailHostScript } from '@/simulators/mail/scripted-mail-host';
import { HANG_UP } from '@/simulators/mail/scripted-mail-host';
import { mailHost } from '@/tests/engine/smtp-setup';
import { DEAD_PORT, EXISTS, HONEST, namesOf, NO_SUCH_USER, NOT_FOUND, tallyOf, worldOf } from '@/tests/engine/strategy-setup';

/** Waits until the session of the last round has ended. */
const idle = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 150);
  });
const greets = (greeting: string): MailHostScript => ({ greeting, command: () => HANG_UP });
const LIST = [...namesOf(4), ...namesOf(4, 'gone')];

it.each([
  ['greets with 421', greets('421 4.3.2 Too busy'), 'unknown temporary_failure'],
  ['greets with 450', greets('450 4.3.2 Busy, try again later'), 'unknown temporary_failure'],
  ['cannot be reached', null, 'unknown connect_failed'],
])('backup: a better host %s, and a backup takes every name: asked again, not a catch-all', async (_, script, verdict) => {
  const best = script === null ? DEAD_PORT : (await mailHost(script)).port;
  const backup = await mailHost({});
  const { verify } = worldOf([best, backup.port]);
  const answers = await Promise.all(LIST.map((name) => verify(name)));
  expect(tallyOf(answers)).toEqual({ [verdict]: 8 });
  // The next attempt does not begin at the backup either.
  for (const { askAgain } of answers) expect(askAgain).toMatchObject({ triplet: null });
});

it('backup: once the better host can be reached it is believed, and a made-up name is left for it', async () => {
  let isBusy = true;
  const best = await mailHost({
    command: (line) => (isBusy && /^(EHLO|HELO)/.test(line) ? '421 4.3.2 Too busy' : undefined),
    rcpt: HONEST,
  });
  const backup = await mailHost({});
  const { verify } = worldOf([best.port, backup.port], { timeouts: { idleMs: 1 } });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    expect(tallyOf(await Promise.all(LIST.map((name) => verify(name))))).toEqual({ 'unknown temporary_failure': 8 });
  }
  isBusy = false;
  await idle();
  expect(tallyOf(await Promise.all(LIST.map((name) => verify(name))))).toMatchObject({ [NOT_FOUND]: 4 });
});

it('backup: one that knows which mailboxes exist answers for a better host that cannot be reached', async () => {
  const backup = await mailHost({ rcpt: HONEST });
  const { verify } = worldOf([DEAD_PORT, backup.port]);
  expect(tallyOf(await Promise.all(LIST.map((name) => verify(name))))).toEqual({ [EXISTS]: 4, [NOT_FOUND]: 4 });
});

it('backup: what the better host said about a made-up name says nothing about what a backup takes', async () => {
  let isBusy = false;
  const best = await mailHost({
    command: (line) => (isBusy && /^(EHLO|HELO)/.test(line) ? '421 4.3.2 Too busy' : undefined),
    rcpt: HONEST,
  });
  const backup = await mailHost({});
  const { verify } = worldOf([best.port, backup.port], { timeouts: { idleMs: 1 } });
  expect(tallyOf(await Promise.all(namesOf(3).map((name) => verify(name))))).toEqual({ [EXISTS]: 3 });
  isBusy = true;
  await idle();
  expect(tallyOf(await Promise.all(namesOf(3, 'gone').map((name) => verify(name))))).toEqual({ 'unknown temporary_failure': 3 });
});

it.each([
  ['hangs up', '220 mx.test ESMTP'],
  ['is silent', null],
  ['is busy', '421 4.3.2 Try another host'],
])('backup: while a better host %s, what a backup refuses counts, as it would for a sender', async (_, greeting) => {
  const best = await mailHost({ greeting, command: () => HANG_UP });
  const backup = await mailHost({ rcpt: (to) => (to.startsWith('user') ? '250 2.1.5 Ok' : NO_SUCH_USER) });
  const { verify } = worldOf([best.port, backup.port], { timeouts: { greetingMs: 100, lateGreetingMs: 100 } });
  const answers = await Promise.all([...namesOf(2), ...namesOf(2, 'gone')].map((name) => verify(name)));
  expect(tallyOf(answers)).toEqual({ [EXISTS]: 2, [NOT_FOUND]: 2 });
});

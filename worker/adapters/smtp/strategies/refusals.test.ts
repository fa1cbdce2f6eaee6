import { expect, it } from 'vitest';
import { mailHost } from '@/tests/engine/smtp-setup';
import { BLOCKED, EXISTS, isProbe, namesOf, NO_SUCH_USER, NOT_FOUND, tallyOf, worldOf } from '@/tests/engine/strategy-setup';

/** A host that can be told to refuse everybody as unknown. */
async function moodyHost(isThere: (to: string) => boolean) {
  const mood = { isBlocking: false };
  const host = await mailHost({ rcpt: (to) => (isProbe(to) || mood.isBlocking || !isThere(to) ? NO_SUCH_USER : '250 Ok') });
  return { mood, host, ...worldOf([host.port]) };
}

it('refusal-spike: a host that accepted mailboxes and now knows none, not even a witness, blocks us', async () => {
  const { mood, verify } = await moodyHost(() => true);
  expect(tallyOf(await Promise.all(namesOf(30, 'present').map((name) => verify(name))))).toEqual({ [EXISTS]: 30 });
  mood.isBlocking = true;
  const answers = await Promise.all(namesOf(40).map((name) => verify(name)));
  expect(tallyOf(answers)[NOT_FOUND] ?? 0).toBeLessThanOrEqual(2);
  expect(tallyOf(answers)[BLOCKED] ?? 0).toBeGreaterThanOrEqual(38);
  const shown = JSON.stringify(answers.map(({ evidence }) => evidence));
  for (const rule of ['refusals-spike', 'witness']) expect(shown.includes(rule)).toBe(true);
  expect(shown.includes('present')).toBe(false);
});

it('refusal-run: a host that still accepts its witness is believed, however long the run', async () => {
  const { verify } = await moodyHost((to) => to.startsWith('present'));
  await Promise.all(namesOf(30, 'present').map((name) => verify(name)));
  expect(tallyOf(await Promise.all(namesOf(200).map((name) => verify(name))))).toEqual({ [NOT_FOUND]: 200 });
});

it('refusal-alone: a host that never accepted a mailbox of any of its domains is not believed', async () => {
  const host = await mailHost({ rcpt: () => NO_SUCH_USER });
  const { verify } = worldOf([host.port], { timeouts: { hearingMs: 500 } });
  const names = namesOf(40).map((name, n) => name.replace('example.com', `owner${String(n)}.com`));
  const tally = tallyOf(await Promise.all(names.map((name) => verify(name))));
  expect(tally[NOT_FOUND] ?? 0).toBeLessThanOrEqual(19);
  expect((tally[NOT_FOUND] ?? 0) + (tally[BLOCKED] ?? 0)).toBe(40);
});

it('refusal-alone: a single domain with only dead mailboxes is believed', async () => {
  const { verify } = await moodyHost(() => false);
  expect(tallyOf(await Promise.all(namesOf(200).map((name) => verify(name))))).toEqual({ [NOT_FOUND]: 200 });
});

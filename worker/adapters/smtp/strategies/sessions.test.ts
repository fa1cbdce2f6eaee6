import { describe, expect, it, vi } from 'vitest';
import { HANG_UP, type Heard, type MailHostScript } from '@/simulators/mail/scripted-mail-host';
import { createMemoryCatchAllStore } from '../catch-all/domain-state';
import { mailHost, probesOf } from '@/tests/engine/smtp-setup';
import { EXISTS, HONEST, namesOf, NO_SUCH_USER, NOT_FOUND, verdictOf, worldOf } from '@/tests/engine/strategy-setup';

const OK = '250 2.1.5 Ok';
const CATCH_ALL = 'risky catch_all';

interface Told {
  accepted: number;
  refused: number;
  mails: number;
  first: string | null;
}
const told = new WeakMap<Heard, Told>();

function toldBefore(heard: Heard): Told {
  const before = told.get(heard) ?? { accepted: 0, refused: 0, mails: 0, first: null };
  told.set(heard, before);
  return before;
}

/** A host that departs from the truth depending on what it said in the session before. */
const byPlace = (depart: (before: Told) => string | null) => (): MailHostScript => ({
  rcpt: (to, heard) => {
    const before = toldBefore(heard);
    const reply = depart(before) ?? HONEST(to);
    if (reply.startsWith('250')) before.accepted += 1;
    else before.refused += 1;
    before.first ??= reply;
    return reply;
  },
});
const asked = ({ accepted, refused }: Told): number => accepted + refused;
const onceAMail = (refusal: string) => (): MailHostScript => ({
  mail: (_, heard) => ((toldBefore(heard).mails += 1) > 1 ? refusal : '250 Ok'),
  rcpt: HONEST,
});

const HOSTS: readonly (readonly [string, () => MailHostScript])[] = [
  ['accepts everybody after the first acceptance', byPlace(({ accepted }) => (accepted > 0 ? OK : null))],
  ['accepts everybody after one refusal', byPlace(({ refused }) => (refused > 0 ? OK : null))],
  ['accepts everybody after three refusals', byPlace(({ refused }) => (refused > 2 ? OK : null))],
  ['refuses everybody after one refusal', byPlace(({ refused }) => (refused > 0 ? NO_SUCH_USER : null))],
  ['refuses everybody after three refusals', byPlace(({ refused }) => (refused > 2 ? NO_SUCH_USER : null))],
  ['answers the first truly and accepts the others', byPlace((before) => (asked(before) > 0 ? OK : null))],
  ['accepts everybody from the sixth on', byPlace((before) => (asked(before) > 4 ? OK : null))],
  ['says to everybody what it said to the first', byPlace(({ first }) => first)],
  [
    'bears one recipient and says so in words of its own',
    byPlace((b) => (asked(b) > 0 ? '550 5.7.0 Only one RCPT, please' : null)),
  ],
  ['denies access after two recipients', byPlace((b) => (asked(b) > 1 ? '554 5.7.1 Access denied' : null))],
  ['ends its session limit with 550', byPlace((b) => (asked(b) > 2 ? '550 Session limit reached' : null))],
  ['refuses the second MAIL of a session as an error', onceAMail('503 5.5.1 One transaction a session')],
  ['refuses the second MAIL of a session by policy', onceAMail('550 5.7.1 Not again')],
  ['says good-bye at the second MAIL of a session', onceAMail('421 4.7.0 One message a session')],
  ['knows no RSET', () => ({ command: (line) => (line === 'RSET' ? '502 5.5.1 What?' : undefined), rcpt: HONEST })],
];

const LISTS: readonly (readonly [string, readonly string[]])[] = [
  ['the living first', [...namesOf(6), ...namesOf(6, 'gone'), ...namesOf(6, 'late')]],
  ['the dead first', [...namesOf(5, 'gone'), ...namesOf(8, 'late')]],
  ['mixed', Array.from({ length: 30 }, (_, n) => `${n % 3 === 1 ? 'gone' : 'user'}${String(n)}@example.com`)],
  ['one that lives', ['mary@example.com']],
  ['one that is dead', ['gone@example.com']],
];

/** What the names would be told one by one. */
const truthOf = (name: string): string => (name.startsWith('gone') ? NOT_FOUND : EXISTS);

async function verdictsOf(script: MailHostScript, names: readonly string[]) {
  const host = await mailHost(script);
  const { verify } = worldOf([host.port]);
  const verdicts = (await Promise.all(names.map((name) => verify(name)))).map(verdictOf);
  return { host, verdicts };
}

describe.each(HOSTS)('a host that %s', (_, script) => {
  it.each(LISTS)('by-session: a group gets the same verdicts as one by one, %s', async (_order, names) => {
    const { host, verdicts } = await verdictsOf(script(), names);
    expect(verdicts).toEqual(names.map(truthOf));
    expect(probesOf(host).length).toBeLessThanOrEqual(2);
  });
});

it.each(LISTS)('blind-first: the first recipient is accepted, so a made-up name is asked first too: %s', async (_, names) => {
  const { host, verdicts } = await verdictsOf(byPlace((before) => (asked(before) === 0 ? OK : null))(), names);
  verdicts.forEach((verdict, at) => {
    // One by one, all of them were accepted, as any name would be.
    expect([CATCH_ALL, NOT_FOUND]).toContain(verdict);
    if (names[at]?.startsWith('gone') !== true) expect(verdict).toBe(CATCH_ALL);
  });
  expect(probesOf(host).length).toBeLessThanOrEqual(2);
});

it('blind-first: its session is opened beside the first, and both are kept', async () => {
  const host = await mailHost({ rcpt: HONEST });
  const { verify } = worldOf([host.port]);
  for (const name of ['mary@example.com', 'ann@example.com']) expect(verdictOf(await verify(name))).toBe(EXISTS);
  expect(host.connections).toHaveLength(2);
  expect(host.connections.flatMap(({ lines }) => lines)).not.toContain('QUIT');
});

it('blind-first: while its session is being opened, the first one serves those who need no other', async () => {
  const host = await mailHost({ rcpt: HONEST, greetAfterMs: 300 });
  const { verify } = worldOf([host.port]);
  const living = verify('mary@example.com');
  await vi.waitFor(() => {
    expect(host.connections).toHaveLength(2);
  });
  expect(verdictOf(await verify('gone@example.com'))).toBe(NOT_FOUND);
  expect(probesOf(host)).toHaveLength(1);
  expect(verdictOf(await living)).toBe(EXISTS);
  expect(probesOf(host)).toHaveLength(2);
});

it('blind-first: of its two sessions the idle one serves those who wait behind the busy one', async () => {
  const host = await mailHost({ rcpt: HONEST, lateMs: (reply) => (reply.startsWith('250 2.1.5') ? 200 : 0) });
  const { verify } = worldOf([host.port]);
  await verify('mary@example.com');
  const before = host.connections.map(({ recipients }) => recipients);
  const busy = verify('ann@example.com');
  await vi.waitFor(() => {
    expect(host.asked).toContain('ann@example.com');
  });
  await Promise.all([busy, verify('bob@example.com')]);
  expect(host.connections.map(({ recipients }) => recipients)).toEqual(before.map((recipients) => recipients + 1));
});

it('blind-first: a host that takes one connection at a time refuses one of ours, once', async () => {
  const host = await mailHost({ rcpt: HONEST, connectionsMax: 1 });
  const { verify } = worldOf([host.port]);
  for (const domain of ['a.com', 'b.com', 'c.com']) expect(verdictOf(await verify(`mary@${domain}`))).toBe(EXISTS);
  expect(host.connections.filter(({ recipients }) => recipients === 0)).toHaveLength(1);
});

it('by-session: another worker knows it from the store, and sends no further name', async () => {
  const host = await mailHost(byPlace((before) => (asked(before) > 0 ? OK : null))());
  const catchAll = createMemoryCatchAllStore();
  const names = [...namesOf(3), ...namesOf(3, 'gone')];
  for (const { verify } of [worldOf([host.port], { catchAll }), worldOf([host.port], { catchAll })])
    expect((await Promise.all(names.map((name) => verify(name)))).map(verdictOf)).toEqual(names.map(truthOf));
  expect(probesOf(host)).toHaveLength(2);
});

it('by-session: what one domain showed saves others at the host from asking again', async () => {
  const host = await mailHost({ rcpt: HONEST });
  const { verify } = worldOf([host.port]);
  for (const domain of ['a.com', 'b.com', 'c.com', 'd.com']) expect(verdictOf(await verify(`mary@${domain}`))).toBe(EXISTS);
  expect(host.connections).toHaveLength(2);
});

it('by-session: an honest host pays a few questions and a session or two', async () => {
  const host = await mailHost({ rcpt: HONEST });
  const { verify } = worldOf([host.port]);
  const names = Array.from({ length: 300 }, (_, n) => `${n % 4 === 1 ? 'gone' : 'user'}${String(n)}@example.com`);
  expect((await Promise.all(names.map((name) => verify(name)))).map(verdictOf)).toEqual(names.map(truthOf));
  expect(host.asked.length).toBeLessThanOrEqual(312);
  expect(host.connections.length).toBeLessThanOrEqual(5);
});

const alternating = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => `${n % 2 === 1 ? 'gone' : 'user'}${String(n)}@example.com`);

it('by-session: what a session proves with its next group costs no question of its own', async () => {
  const host = await mailHost({ rcpt: HONEST });
  const { verify } = worldOf([host.port], { limits: { sessionsAHost: 1, groupSize: 3 } });
  const names = alternating(60);
  expect((await Promise.all(names.map((name) => verify(name)))).map(verdictOf)).toEqual(names.map(truthOf));
  expect(host.asked.length - new Set(host.asked).size).toBeLessThanOrEqual(6);
});

it('by-session: if the session ends before its next group could prove anything, nothing is believed', async () => {
  const host = await mailHost({
    rcpt: (to, { recipients }) => (recipients > 27 ? HANG_UP : recipients > 20 ? OK : HONEST(to)),
  });
  const { verify } = worldOf([host.port], { limits: { sessionsAHost: 1, groupSize: 5 } });
  const names = alternating(60);
  expect((await Promise.all(names.map((name) => verify(name)))).map(verdictOf)).toEqual(names.map(truthOf));
});

import { describe, expect, it } from 'vitest';
import type { Heard, MailHostScript } from '@/simulators/mail/scripted-mail-host';
import { mailHost } from '@/tests/engine/smtp-setup';
import { HONEST, namesOf, NO_SUCH_USER, verdictOf, worldOf } from '@/tests/engine/strategy-setup';

/** What a host remembers about a session besides what it heard. */
function bySession<T>(first: () => T): (heard: Heard) => T {
  const known = new WeakMap<Heard, T>();
  return (heard) => {
    const value = known.get(heard) ?? first();
    known.set(heard, value);
    return value;
  };
}

const errors = bySession(() => ({ count: 0, asked: 0 }));

const SCRIPTS: readonly (readonly [string, () => MailHostScript])[] = [
  [
    'refuses with 550 and no word of why from the sixth recipient of a session on',
    () => ({ rcpt: (to, heard) => (++errors(heard).asked > 5 ? '550 5.7.1 Too many recipients for this session' : HONEST(to)) }),
  ],
  [
    'calls everybody unknown from the sixth recipient of a session on',
    () => ({ rcpt: (to, heard) => (++errors(heard).asked > 5 ? NO_SUCH_USER : HONEST(to)) }),
  ],
  [
    'refuses all as unknown after three that were',
    () => ({
      rcpt: (to, heard) => {
        const state = errors(heard);
        const reply = state.count >= 3 ? NO_SUCH_USER : HONEST(to);
        if (reply === NO_SUCH_USER) state.count += 1;
        return reply;
      },
    }),
  ],
  [
    'puts everybody off after three that were unknown',
    () => ({
      rcpt: (to, heard) => {
        const state = errors(heard);
        if (state.count >= 3) return '450 4.7.1 Too many errors, try again later';
        const reply = HONEST(to);
        if (reply === NO_SUCH_USER) state.count += 1;
        return reply;
      },
    }),
  ],
];

describe.each(SCRIPTS)('a host that %s', (_, script) => {
  it('by-position: a group gets no verdict that its members would not get one by one', async () => {
    const names = [...namesOf(4), ...namesOf(6, 'gone'), ...namesOf(8, 'late')];
    const alone: string[] = [];
    for (const name of names) {
      const host = await mailHost(script());
      alone.push(verdictOf(await worldOf([host.port]).verify(name)));
    }
    const host = await mailHost(script());
    const { verify } = worldOf([host.port]);
    const together = (await Promise.all(names.map((name) => verify(name)))).map(verdictOf);
    const differing = names.flatMap((name, n) =>
      together[n] === alone[n] || together[n]?.startsWith('unknown') ? [] : [`${name}: ${alone[n] ?? ''} | ${together[n] ?? ''}`],
    );
    expect(differing).toEqual([]);
  });
});

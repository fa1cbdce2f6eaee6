import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catchAllOf, failureOf, fakePorts, mailboxAnswer, providerOf, replyOf, subjectOf } from '@/tests/engine/fake-ports';
import { verifyAddress } from './pipeline';
import type { EnginePorts } from './ports';

const HOSTS = ['mx1', 'mx2', 'mx3', 'mx4'].map((name) => ({ preference: 10, exchange: `${name}.example.com` }));
const ADDRESSES = ['192.0.2.1', '192.0.2.2', '2001:db8::1'];

/** What may differ in the outside world from one check to the next and must not matter. */
const accidents = fc.record({
  hosts: fc.shuffledSubarray(HOSTS, { minLength: HOSTS.length }),
  addresses: fc.shuffledSubarray(ADDRESSES, { minLength: ADDRESSES.length }),
  random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  remembered: fc.boolean(),
});
type Accidents = typeof accidents extends fc.Arbitrary<infer T> ? T : never;

const mailboxes = fc.oneof(
  fc
    .constantFrom(
      ...([
        'accepted',
        'mailbox_not_found',
        'mailbox_disabled',
        'mailbox_full',
        'greylisted',
        'sender_blocked',
        'ambiguous',
      ] as const),
    )
    .map((meaning) => replyOf(meaning)),
  fc.constantFrom(...(['connect_failed', 'no_response', 'timeout'] as const)).map(failureOf),
);
const providers = fc.constantFrom(
  null,
  providerOf({ class: 'gateway' }),
  providerOf({ acceptance: 'truthful' }),
  providerOf({ acceptance: 'worthless' }),
);

describe('the same address asked twice', () => {
  it('gets the same verdict, whatever the order of hosts and addresses, and whether the domain is remembered or not', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ mailbox: mailboxes, provider: providers, takesAll: fc.boolean(), role: fc.boolean() }),
        accidents,
        accidents,
        async (world, first, second) => {
          const verify = async (how: Accidents) =>
            (await verifyAddress(subjectOf('mary@example.com'), portsOf(world, how))).verdict;
          expect(await verify(second)).toEqual(await verify(first));
        },
      ),
      { numRuns: 200 },
    );
  });
});

interface World {
  mailbox: ReturnType<typeof replyOf>;
  provider: ReturnType<typeof providerOf> | null;
  takesAll: boolean;
  role: boolean;
}

function portsOf({ mailbox, provider, takesAll, role }: World, { hosts, addresses, random, remembered }: Accidents): EnginePorts {
  const catchAll = catchAllOf(takesAll ? 'accepts_all' : 'refuses_unknown', remembered);
  return fakePorts({
    dns: {
      mx: () => Promise.resolve({ kind: 'found', records: hosts }),
      addresses: () => Promise.resolve({ kind: 'found', records: addresses }),
    },
    lists: { role: () => (role ? { source: 'list', since: null } : null) },
    random: () => random,
    // The first host answers.
    smtp: {
      ask: ({ hosts: [asked] }) =>
        Promise.resolve(mailboxAnswer({ mailbox: { ...mailbox, host: asked?.name ?? 'nobody' }, catchAll, provider })),
    },
  });
}

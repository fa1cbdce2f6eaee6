import { expect, test } from 'vitest';
import { findDefaultIdentity, systemRoute, type IdentityLookups } from './default-identity';

const lookups = (changes: Partial<IdentityLookups>): IdentityLookups => ({
  reverse: async () => [],
  forward: async () => [],
  sourceAddress: async () => '203.0.113.7',
  machineName: () => 'box',
  ...changes,
});

test('the HELO name is the one that PTR and A agree on', async () => {
  const identity = await findDefaultIdentity(
    lookups({
      reverse: async () => ['lies.example', 'mx1.example.org'],
      forward: async (name) => (name === 'mx1.example.org' ? ['203.0.113.7'] : ['198.51.100.1']),
      machineName: () => 'box.example.net',
    }),
  );
  expect(identity).toEqual({ address: null, helo: 'mx1.example.org', mailFrom: '' });
});

test('an IPv6 address agrees however it is written', async () => {
  const identity = await findDefaultIdentity(
    lookups({
      sourceAddress: async () => '2001:DB8:0:0::7',
      reverse: async () => ['mx6.example.org'],
      forward: async () => ['198.51.100.1', '2001:db8::7'],
    }),
  );
  expect(identity.helo).toBe('mx6.example.org');
});

test('without agreement it is the machine’s FQDN', async () => {
  const identity = await findDefaultIdentity(
    lookups({ reverse: async () => ['lies.example'], machineName: () => 'Box.Example.net' }),
  );
  expect(identity.helo).toBe('box.example.net');
});

test('a machine without a full name introduces itself by its address literal', async () => {
  expect((await findDefaultIdentity(lookups({}))).helo).toBe('[203.0.113.7]');
  expect((await findDefaultIdentity(lookups({ sourceAddress: async () => '2001:db8::7' }))).helo).toBe('[IPv6:2001:db8::7]');
  expect((await findDefaultIdentity(lookups({ sourceAddress: async () => null }))).helo).toBe('[127.0.0.1]');
});

test('asking the routing table never fails', async () => {
  const address = await systemRoute.sourceAddress();
  expect(address === null || typeof address === 'string').toBe(true);
});

import { expect, it } from 'vitest';
import { describeDomain } from './describe-domain';
import { fakePorts, NOW } from '@/tests/engine/fake-ports';

const describeWith = (changes: Parameters<typeof fakePorts>[0] = {}) =>
  describeDomain('example.com', NOW + 5_000, fakePorts(changes));

it('tells who takes a domain’s mail, and asks no mail host', async () => {
  const smtp = new Proxy(fakePorts().smtp, {
    get: () => {
      throw new Error('a mail host was asked');
    },
  });
  expect(await describeWith({ smtp })).toEqual({
    exists: true,
    acceptsMail: true,
    hosts: ['mx.example.com'],
    isImplicit: false,
    provider: null,
    gateway: false,
    disposable: false,
    relay: false,
    free: false,
    didYouMean: null,
  });
});

it('a domain that does not exist, one that takes no mail, and one whose name servers fail', async () => {
  const gone = await describeWith({ dns: { exists: () => Promise.resolve({ kind: 'no_domain' }) } });
  expect(gone).toMatchObject({ exists: false, acceptsMail: false, hosts: [] });
  const nullMx = await describeWith({
    dns: { mx: () => Promise.resolve({ kind: 'found', records: [{ preference: 0, exchange: '' }] }) },
  });
  expect(nullMx).toMatchObject({ exists: true, acceptsMail: false });
  const silent = await describeWith({ dns: { exists: () => Promise.resolve({ kind: 'temporary', detail: 'SERVFAIL' }) } });
  expect(silent).toMatchObject({ exists: null, acceptsMail: null });
});

it('what the lists say about a domain', async () => {
  const hit = { source: 'ours', since: null };
  expect(await describeWith({ lists: { disposable: () => hit } })).toMatchObject({ disposable: true, relay: false });
  expect(await describeWith({ lists: { relay: () => hit, free: () => true } })).toMatchObject({
    disposable: false,
    relay: true,
    free: true,
  });
});

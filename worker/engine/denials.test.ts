import { describe, expect, it, vi } from 'vitest';
import { fakePorts, subjectOf } from '@/tests/engine/fake-ports';
import { verifyAddress } from './pipeline';
import type { DnsPort, ListsPort, ResolverPort } from './ports';

const NOBODY_ASKED = { ask: () => Promise.reject(new Error('a mail host was asked')) };
const GONE: Partial<DnsPort> = { exists: () => ({ kind: 'no_domain' }), mx: () => ({ kind: 'no_domain' }) };
const NO_MAIL: Partial<DnsPort> = { mx: () => ({ kind: 'no_data' }), addresses: () => ({ kind: 'no_data' }) };
const NO_ADDRESS: Partial<DnsPort> = { addresses: () => ({ kind: 'no_domain' }) };
const NULL_MX: Partial<DnsPort> = { mx: () => ({ kind: 'found', records: [{ preference: 0, exchange: '' }] }) };
const WAYS: readonly [string, Partial<DnsPort>, string][] = [
  ['has NXDOMAIN', GONE, 'domain_not_found'],
  ['has neither MX nor address', NO_MAIL, 'no_mx'],
  ['has mail hosts without addresses', NO_ADDRESS, 'mx_unroutable'],
];

async function reasonOf(dns: Partial<DnsPort>, known: ReturnType<ListsPort['known']>, resolver: Partial<ResolverPort> = {}) {
  const ports = fakePorts({ dns, resolver, lists: { known: () => known }, smtp: NOBODY_ASKED });
  const answer = await verifyAddress(subjectOf('mary@denied.example'), ports);
  return answer.verdict.reason;
}

describe.each(WAYS)('a domain that %s', (_, dns, reason) => {
  it('gets the reason that DNS gives, if the resolver tells the truth', async () => {
    expect(await reasonOf(dns, null)).toBe(reason);
    expect(await reasonOf(dns, 'probably')).toBe(reason);
  });

  it('is unknown if it belongs to a big provider, whatever the resolver’s record', async () => {
    for (const trust of ['proven', 'unproven', 'broken'] as const) {
      expect(await reasonOf(dns, 'surely', { trustIn: () => trust })).toBe('dns_temporary_error');
    }
  });

  it('is unknown if it belongs to a smaller provider, unless the resolver is proven', async () => {
    expect(await reasonOf(dns, 'probably', { trustIn: () => 'unproven', isChosen: true })).toBe('dns_temporary_error');
    expect(await reasonOf(dns, 'probably', { trustIn: () => 'unproven' })).toBe('dns_temporary_error');
  });

  it('is unknown if the machine’s resolver is known to be wrong', async () => {
    expect(await reasonOf(dns, null, { trustIn: () => 'broken' })).toBe('dns_temporary_error');
    expect(await reasonOf(dns, null, { trustIn: () => Promise.resolve('broken') })).toBe('dns_temporary_error');
  });

  it('gets the reason that DNS gives, if the operator chose the resolver, which is then not checked', async () => {
    const trustIn = vi.fn(() => 'unproven' as const);
    expect(await reasonOf(dns, null, { trustIn, isChosen: true })).toBe(reason);
    expect(trustIn).not.toHaveBeenCalled();
  });
});

describe('what is believed from any resolver', () => {
  it('a null MX, which is a published record', async () => {
    expect(await reasonOf(NULL_MX, 'surely', { trustIn: () => 'broken' })).toBe('null_mx');
  });

  it('a domain that is found, without checking the resolver', async () => {
    const trustIn = vi.fn(() => 'broken' as const);
    const answer = await verifyAddress(subjectOf('mary@example.com'), fakePorts({ resolver: { trustIn } }));
    expect(answer.verdict.reason).toBe('mailbox_exists');
    expect(trustIn).not.toHaveBeenCalled();
  });
});

describe('a domain that takes mail only at its own address', () => {
  const implicit: Partial<DnsPort> = { mx: () => ({ kind: 'no_data' }) };
  const reason = async (known: ReturnType<ListsPort['known']>, resolver: Partial<ResolverPort>) => {
    const answer = await verifyAddress(
      subjectOf('mary@example.com'),
      fakePorts({ dns: implicit, resolver, lists: { known: () => known } }),
    );
    return answer.verdict.reason;
  };

  it('is asked there, unless the resolver also gives that address for names that do not exist', async () => {
    expect(await reason(null, { trustIn: () => 'broken' })).toBe('mailbox_exists');
    expect(await reason(null, { trustIn: () => 'broken', isInvented: () => true })).toBe('dns_temporary_error');
    expect(await reason(null, { trustIn: () => 'unproven', isInvented: () => true, isChosen: true })).toBe('mailbox_exists');
  });

  it('is not believed of a big provider: those have mail hosts', async () => {
    expect(await reason('surely', {})).toBe('dns_temporary_error');
  });
});

describe('the layer', () => {
  it('says why it does not believe the answer', async () => {
    const ports = fakePorts({ dns: GONE, lists: { known: () => 'surely' } });
    const { layers, evidence } = await verifyAddress(subjectOf('mary@gmail.com'), ports);
    expect(layers.find(({ name }) => name === 'domain')).toMatchObject({
      status: 'unknown',
      summary:
        'Our DNS resolver does not find the mail hosts of gmail.com, a mail provider that is known to exist, so its answer is not believed.',
      details: { disbelieved: 'known_provider' },
    });
    expect(evidence).toMatchObject([{ text: 'gmail.com: NXDOMAIN' }]);
  });
});

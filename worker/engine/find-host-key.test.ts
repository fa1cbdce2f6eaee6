import { describe, expect, it } from 'vitest';
import { fakePorts, NOW } from '@/tests/engine/fake-ports';
import { isAtProvider } from './providers/recognize-provider';
import type { DnsAnswer, MxRecord } from './ports';

const at = (...hosts: string[]): DnsAnswer<MxRecord> => ({
  kind: 'found',
  records: hosts.map((exchange, n) => ({ preference: 10 * n, exchange })),
});
const judge = (mx: DnsAnswer<MxRecord> | Promise<DnsAnswer<MxRecord>>) =>
  isAtProvider('customer.example', NOW + 1_000, fakePorts({ dns: { mx: () => mx } }));

describe('a domain is at a known provider', () => {
  it.each<[string, DnsAnswer<MxRecord>, boolean]>([
    ['when all of its mail hosts are that provider’s own', at('aspmx.l.google.com', 'alt1.aspmx.l.google.com'), true],
    ['but not with one host of another’s behind them', at('aspmx.l.google.com', 'mx.victim.example'), false],
    ['nor with hosts of two providers', at('aspmx.l.google.com', 'mx.zoho.com'), false],
    ['nor by a name of its own', at('mx.customer.example'), false],
    ['nor without MX', { kind: 'no_data' }, false],
    ['nor while its name servers are silent', { kind: 'temporary', detail: 'SERVFAIL' }, false],
    ['nor with a null MX', at(''), false],
  ])('%s', async (_, answer, expected) => {
    expect(await judge(answer)).toBe(expected);
    expect(await judge(Promise.resolve(answer))).toBe(expected);
  });

  it('nor if the resolver breaks down', async () => {
    expect(await judge(Promise.reject(new Error('broken')))).toBe(false);
  });
});

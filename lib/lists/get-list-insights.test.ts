import { describe, expect, it } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { inTransaction } from '@/lib/platform/db/transaction';
import { insertResults, packEvidence } from './store/results';
import { DEAD_DOMAINS_EVERY_MS, PROVIDERS_SHOWN } from '@/lib/platform/limits';
import { codeOfReason } from '@/lib/verdict/verdict';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { seedList, type SeedRow } from '@/tests/database/seed-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { getListInsights } from './insights';

useTestDatabase();

const get = async (...args: Parameters<typeof getListInsights>) => {
  const found = await getListInsights(...args);
  if (!found.ok) throw found.error;
  return found.value;
};

const ROWS: SeedRow[] = [
  { cells: ['a@one.example'], reason: 'mailbox_exists', provider: 'google', score: 98 },
  { cells: ['b@one.example'], reason: 'mailbox_not_found', provider: 'google', score: 2 },
  { cells: ['c@two.example'], reason: 'timeout', provider: 'microsoft' },
  { cells: ['d@dead.example'], reason: 'domain_not_found', score: 1 },
  { cells: ['e@dead.example'], reason: 'domain_not_found', score: 1 },
  { cells: ['f@null.example'], reason: 'null_mx', score: 0 },
];

describe('what a list’s results say as a whole', () => {
  it('counts verdicts by provider, those with the most addresses first', async () => {
    const scope = await makeWorkspace();
    const { providers } = await get(scope, await seedList(scope, { rows: ROWS }));
    expect(providers.map(({ provider, rows }) => [provider, rows])).toEqual([
      ['', 3],
      ['google', 2],
      ['microsoft', 1],
    ]);
    expect(providers[1]?.counts).toEqual({ deliverable: 1, risky: 0, unknown: 0, undeliverable: 1 });
  });

  it('sums up the providers that are not shown', async () => {
    const scope = await makeWorkspace();
    const rows: SeedRow[] = Array.from({ length: PROVIDERS_SHOWN + 2 }, (_, at) => ({
      cells: [`a@d${at}.example`],
      reason: 'mailbox_exists',
      provider: `p${at}`,
    }));
    const { providers, otherProviders } = await get(scope, await seedList(scope, { rows }));
    expect([providers.length, otherProviders]).toEqual([PROVIDERS_SHOWN, { providers: 2, rows: 2 }]);
  });

  it('names the domains that take no mail, and no others', async () => {
    const scope = await makeWorkspace();
    const { deadDomains } = await get(scope, await seedList(scope, { rows: ROWS }));
    expect(deadDomains).toEqual([
      { domain: 'dead.example', rows: 2 },
      { domain: 'null.example', rows: 1 },
    ]);
  });

  it('counts the dead domains again when there are more, but not more often than allowed', async () => {
    const scope = await makeWorkspace();
    const id = await seedList(scope, { rows: [...ROWS, { cells: ['g@new.example'] }], status: 'running' });
    const now = Date.now();
    await get(scope, id, now);
    const row = { n: 7, email: 'g@new.example', domain: 'new.example', reason: codeOfReason('no_mx'), score: 1 };
    const rest = {
      gradeBasis: 0,
      flags: 0,
      provider: null,
      mxHost: null,
      didYouMean: null,
      cached: false,
      credits: 0,
      durationMs: 1,
      checkedAt: null,
    };
    const rows = [{ ...row, ...rest, layers: [], evidence: [] }];
    const body = await packEvidence(rows);
    await inTransaction((tx) => insertResults(scope, { listId: id, part: 2, rows, body }, tx));
    const domainsAt = async (at: number) => (await get(scope, id, at)).deadDomains.length;
    expect(await domainsAt(now + DEAD_DOMAINS_EVERY_MS - 1)).toBe(2);
    expect(await domainsAt(now + DEAD_DOMAINS_EVERY_MS)).toBe(3);
    const tally = await db().listTally.findFirst({
      where: { listId: id, reason: row.reason },
      select: { scored: true, scoreSum: true },
    });
    expect(tally).toEqual({ scored: 1, scoreSum: 1 });
  });

  it('estimates bounces from the scores: of all addresses, and of the recommended ones', async () => {
    const scope = await makeWorkspace();
    const { bounce } = await get(scope, await seedList(scope, { rows: ROWS }));
    expect(bounce.all).toMatchObject({ addresses: 6, unscored: 1 });
    expect(bounce.all?.expected).toBeCloseTo(0.796, 6);
    expect(bounce.send).toMatchObject({ addresses: 1, unscored: 0 });
    expect(bounce.send?.expected).toBeCloseTo(0.02, 6);
  });

  it('keeps its counts when the rows are deleted, and forgets the domains', async () => {
    const scope = await makeWorkspace();
    const id = await seedList(scope, { rows: ROWS, status: 'expired', more: { rowsDeletedAt: new Date() } });
    const { providers, deadDomains } = await get(scope, id);
    expect([providers.length, deadDomains]).toEqual([3, []]);
  });

  it('says nothing about an empty list, and nothing to another workspace', async () => {
    const scope = await makeWorkspace();
    const id = await seedList(scope);
    expect(await get(scope, id)).toEqual({
      providers: [],
      otherProviders: { providers: 0, rows: 0 },
      deadDomains: [],
      bounce: { all: null, send: null },
    });
    expect(await getListInsights(await makeWorkspace(), id)).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });
});

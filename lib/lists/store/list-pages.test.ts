import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '@/lib/platform/db/client';
import type { Scope } from '@/lib/platform/scope';
import { codesOfStatus, REASONS } from '@/lib/verdict/verdict';
import { explain, nodesOf, readsAll } from '@/tests/database/explain';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { seedList } from '@/tests/database/seed-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import type { RowSearch } from '../rules/view';
import { listTallies, resultRowsSql, type ResultsQuestion, type TallyRow } from './pages';

useTestDatabase();

const ROWS = 4_000;
const PROVIDERS = 12;
let scope: Scope;
let listId: string;
let tallies: TallyRow[];

beforeAll(async () => {
  scope = await makeWorkspace();
  listId = await seedList(scope, {
    rows: Array.from({ length: ROWS }, (_, at) => ({
      cells: [`${String.fromCharCode(97 + (at % 26))}${at}@d${at % 40}.example`],
      // Most addresses exist, at one provider. Everything else is rare, as in real lists.
      reason: at % 3 === 0 ? (REASONS[Math.floor(at / 3) % REASONS.length] ?? 'no_mx') : 'mailbox_exists',
      provider: at % 2 === 0 ? 'google' : `p${at % PROVIDERS}`,
    })),
  });
  tallies = await listTallies(listId);
  await db().$executeRaw`ANALYZE "ListResult", "ListRow"`;
});

const FILTERS: [string, number[] | null][] = [
  ['any verdict', null],
  ['one reason', [...codesOfStatus('deliverable')]],
  ['a rare reason', [24]],
  ['all unknown', [...codesOfStatus('unknown')]],
];
const SEARCHES: [string, RowSearch | null][] = [
  ['no search', null],
  ['the beginning of an address', { kind: 'beginning', beginning: 'c' }],
  ['a domain', { kind: 'domain', domain: 'd3.example' }],
];
const POSITIONS: [string, Pick<ResultsQuestion, 'direction' | 'from'>][] = [
  ['first page', { direction: 'next', from: null }],
  ['in the middle, forwards', { direction: 'next', from: { n: ROWS / 2, key: 'c2000@d0.example' } }],
  ['in the middle, backwards', { direction: 'previous', from: { n: ROWS / 2, key: 'c2000@d0.example' } }],
  ['last page', { direction: 'previous', from: null }],
];
const CASES = FILTERS.flatMap(([verdict, reasons]) =>
  [null, 'google', 'p3'].flatMap((provider) =>
    SEARCHES.flatMap(([search, asked]) =>
      POSITIONS.map(([position, where]) => ({
        name: `${verdict}, provider ${provider ?? 'any'}, ${search}, ${position}`,
        question: { reasons, provider, search: asked, ...where, take: 26 },
      })),
    ),
  ),
);

/** As the table above `listResultRows` says. */
function indexFor({ reasons, provider, search }: Pick<ResultsQuestion, 'reasons' | 'provider' | 'search'>): string {
  if (search?.kind === 'domain') return 'ListResult_listId_domain_provider_reason_n_idx';
  const isPlain = reasons === null && provider === null;
  if (search !== null) return isPlain ? 'ListResult_address' : 'ListResult_provider_reason_address';
  if (provider !== null) return 'ListResult_listId_provider_reason_n_idx';
  return isPlain ? 'ListResult_pkey' : 'ListResult_listId_reason_n_idx';
}

describe('the plan of a page', () => {
  it.each(CASES)('$name: index scans only, and no full sort', async ({ question }) => {
    const pairs = tallies.filter(
      ({ reason, provider }) =>
        (question.reasons?.includes(reason) ?? true) && (question.provider === null || provider === question.provider),
    );
    const nodes = nodesOf(await explain(resultRowsSql(scope, { ...question, listId, pairs })));
    const reads = nodes.filter((node) => node['Relation Name'] === 'ListResult');
    expect(reads.map((node) => node['Index Name']).toSorted()).toEqual(['ListResult_pkey', indexFor(question)].toSorted());
    expect(reads.filter((node) => !/^Index (Only )?Scan/.test(node['Node Type']))).toEqual([]);
    const sorts = nodes.filter((node) => node['Node Type'].includes('Sort'));
    expect(sorts.filter((sort) => readsAll(sort, 'ListResult'))).toEqual([]);
  });
});

// Writes lists in any status straight into the tables: for tests, benchmarks and screenshots of pages that need results without a run.
import { creditsFor } from '@/lib/credits/rules/ledger';
import { type ListStatus, ROW_KIND } from '@/lib/lists/rules/list';
import { packEvidence } from '@/lib/lists/store/results';
import type { Prisma } from '@/lib/platform/db/_prisma/client';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Scope } from '@/lib/platform/scope';
import { parseAddress } from '@/lib/verdict/address';
import { NO_FLAGS_KNOWN } from '@/lib/verdict/answer';
import type { Graded } from '@/lib/verdict/grade';
import { codeOfGrade, codeOfReason, type Flags, packFlags, type Reason } from '@/lib/verdict/verdict';
import { fakeEvidence, fakeLayers } from './fake-answers';

export interface SeedRow {
  /** Cells in the order of the columns; the first is the address. */
  cells: string[];
  /** Final verdict; without one the row is pending. */
  reason?: Reason;
  provider?: string;
  score?: number | null;
  /** The grade of a catch-all row, with the bits of its basis. */
  graded?: Graded;
  flags?: Partial<Flags>;
  didYouMean?: string;
  cached?: boolean;
  /** The row that this one is a duplicate of. */
  first?: number;
  isRejected?: boolean;
  /** When a waiting row is retried. */
  retryAt?: Date;
  checkedAt?: Date;
}

export interface SeedList {
  status?: ListStatus;
  columns?: string[];
  rows?: SeedRow[];
  more?: Partial<Omit<Prisma.ListUncheckedCreateInput, 'file' | 'run'>> & {
    file?: Prisma.ListFileUncheckedCreateWithoutListInput;
    /** With a run, the list was started. */
    run?: Prisma.ListRunUncheckedCreateWithoutListInput;
  };
}

export async function seedList({ workspaceId }: Scope, seed: SeedList = {}): Promise<string> {
  const { file, run, ...more } = seed.more ?? {};
  const id = more.id ?? newId('list');
  const rows = seed.rows ?? [];
  const columns = seed.columns ?? ['email'];
  const unique = rows.filter((row) => row.first === undefined && row.isRejected !== true);
  const results = rows.flatMap((row, index) => (row.reason === undefined ? [] : [{ ...row, reason: row.reason, n: index + 1 }]));
  await db().list.create({
    data: {
      id,
      workspaceId,
      source: 'upload',
      name: 'A list',
      status: seed.status ?? 'completed',
      startedAt: run?.run === undefined ? null : new Date(),
      ...more,
      file: {
        create: {
          columns: columns.map((name, at) => ({ name, emailShare: at === 0 ? 1 : 0 })),
          emailColumn: 0,
          hasHeader: true,
          rows: rows.length,
          exactDuplicates: rows.filter((row) => row.first !== undefined).length,
          rejected: rows.filter((row) => row.isRejected === true).length,
          ...file,
        },
      },
      run: { create: { unique: unique.length, maxCredits: unique.length, processed: results.length, ...run } },
    },
  });
  await db().listRow.createMany({ data: rows.map((row, index) => toRow(id, row, index + 1)) });
  await db().listResult.createMany({ data: results.map((row) => toResult({ listId: id, workspaceId }, row)) });
  await db().$executeRaw`
    INSERT INTO "ListTally" ("listId", "reason", "provider", "rows", "credits", "scored", "scoreSum")
    SELECT "listId", "reason", "provider", COUNT(*), SUM("credits"), COUNT("score"), COALESCE(SUM("score"), 0)
    FROM "ListResult" WHERE "listId" = ${id} GROUP BY 1, 2, 3`;
  const waiting = rows.flatMap(({ retryAt }, index) =>
    retryAt ? [{ listId: id, n: index + 1, attempt: 1, dueAt: retryAt, evidence: [] }] : [],
  );
  await db().listRetry.createMany({ data: waiting });
  const evidence = results.map(({ n }) => ({ n, layers: fakeLayers(), evidence: [fakeEvidence()] }));
  if (results.length > 0)
    await db().listEvidence.create({ data: { listId: id, part: 1, body: Uint8Array.from(await packEvidence(evidence)) } });
  return id;
}

function canonicalOf(email: string): string | null {
  const parsed = parseAddress(email);
  return parsed.ok && parsed.address.canonical !== email ? parsed.address.canonical : null;
}

const domainOf = (email: string): string => email.split('@')[1] ?? '';

function toRow(listId: string, row: SeedRow, n: number) {
  const email = row.cells[0] ?? '';
  const { unique, exactDuplicate, rejected } = ROW_KIND;
  const kind = row.isRejected === true ? rejected : row.first === undefined ? unique : exactDuplicate;
  return { listId, n, email, domain: domainOf(email), kind, first: row.first ?? null, cells: JSON.stringify(row.cells) };
}

function toResult(owner: { listId: string; workspaceId: string }, row: SeedRow & { reason: Reason; n: number }) {
  const email = row.cells[0] ?? '';
  return {
    ...owner,
    n: row.n,
    email,
    domain: domainOf(email),
    canonical: canonicalOf(email),
    reason: row.graded ? codeOfGrade(row.graded.grade) : codeOfReason(row.reason),
    gradeBasis: row.graded?.basis ?? 0,
    score: row.score ?? null,
    flags: packFlags({ ...NO_FLAGS_KNOWN, ...row.flags }),
    provider: row.provider ?? '',
    mxHost: 'mx.example.com',
    didYouMean: row.didYouMean ?? null,
    cached: row.cached ?? false,
    credits: creditsFor(row.reason),
    durationMs: 20,
    checkedAt: row.checkedAt ?? new Date('2026-11-23T10:00:00.000Z'),
    part: 1,
  };
}

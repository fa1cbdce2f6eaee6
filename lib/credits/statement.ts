// A workspace's ledger, newest first, in cursor pages and as a CSV file: everything that moved the balance, or one kind of it.
// Holds and releases, which leave the balance unchanged, are separate kinds. The file is read page by page, so a long one takes
// no more memory, and addresses and names in it can't become formulas.
import { csvLine } from '@/lib/platform/csv';
import { LEDGER_EXPORT_ENTRIES } from '@/lib/platform/limits';
import { pageSize } from '@/lib/platform/pages';
import type { Scope } from '@/lib/platform/scope';
import { isLedgerKind, type LedgerKind, type LedgerLine, type LedgerPage, toCauseType } from './rules/ledger';
import { type LedgerRow, listChargesOf, listEntries, listFoldedEntries, listHolds, listReleases } from './store/ledger';

const CSV_HEADER = [
  'time',
  'kind',
  'credits',
  'cause',
  'cause_id',
  'cause_name',
  'grant',
  'api_key_id',
  'api_key_name',
  'id',
  'balance_after',
];

export interface LedgerQuestion {
  /** Everything that moved the balance if left out. */
  kind?: LedgerKind | undefined;
  /** `nextCursor` of the previous page. */
  cursor?: string | undefined;
  limit: number;
  /** Shows the charges of one run of a list as one line. */
  isFolded?: boolean | undefined;
}

export async function listLedger(scope: Scope, { limit, ...question }: LedgerQuestion): Promise<LedgerPage> {
  const take = takeOf(limit);
  return toPage(await readRows(scope, { ...question, take: take + 1 }), take);
}

/** The charges that a folded line stands for. */
export async function listCharges(
  scope: Scope,
  { holdId, cursor, limit }: { holdId: string; cursor?: string | undefined; limit: number },
): Promise<LedgerPage> {
  const take = takeOf(limit);
  return toPage(await listChargesOf(scope, holdId, { cursor, take: take + 1 }), take);
}

export async function* exportLedger(scope: Scope, kind: LedgerKind | undefined): AsyncGenerator<string> {
  yield csvLine(CSV_HEADER);
  for (let cursor: string | undefined; ;) {
    const { lines, nextCursor } = await listLedger(scope, { kind, cursor, limit: LEDGER_EXPORT_ENTRIES });
    yield lines.map(toCsvLine).join('');
    if (nextCursor === null) return;
    cursor = nextCursor;
  }
}

const takeOf = (limit: number): number => pageSize(limit, LEDGER_EXPORT_ENTRIES);

function toPage(rows: readonly LedgerRow[], take: number): LedgerPage {
  const lines = rows.slice(0, take).map(toLine);
  return { lines, nextCursor: rows.length > take ? (lines.at(-1)?.id ?? null) : null };
}

function readRows(
  scope: Scope,
  { kind, isFolded = false, ...page }: Omit<LedgerQuestion, 'limit'> & { take: number },
): Promise<LedgerRow[]> {
  if (kind === 'hold') return listHolds(scope, page);
  if (kind === 'release') return listReleases(scope, page);
  const hasLists = kind === undefined || kind === 'capture';
  return isFolded && hasLists ? listFoldedEntries(scope, { ...page, kind }) : listEntries(scope, { ...page, kind });
}

function toLine(row: LedgerRow): LedgerLine {
  if (!isLedgerKind(row.kind)) throw new Error(`the ledger knows no line of the kind ${row.kind}`);
  return {
    id: row.id,
    kind: row.kind,
    amount: row.amount,
    balanceAfter: row.balanceAfter,
    folded: row.foldedId === null ? null : { holdId: row.foldedId, charges: row.charges },
    cause: { type: toCauseType(row.causeType), id: row.causeId, label: row.label },
    grantKind: row.grantKind,
    key: row.keyId === null ? null : { id: row.keyId, name: row.keyName },
    createdAt: row.at.toISOString(),
  };
}

const toCsvLine = ({ id, kind, amount, cause, grantKind, key, createdAt, balanceAfter }: LedgerLine): string =>
  csvLine([
    createdAt,
    kind,
    amount,
    cause.type,
    cause.id,
    cause.label,
    grantKind,
    key?.id ?? null,
    key?.name ?? null,
    id,
    balanceAfter,
  ]);

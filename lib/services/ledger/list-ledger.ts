// A workspace's ledger in cursor pages, newest first: what moved the balance, or one kind of it; holds and releases, which move
// nothing, under names of their own.
import { listEntries, listHolds, listReleases, type LedgerRow } from '@/lib/data/ledger-lines';
import type { Scope } from '@/lib/data/scope';
import { toCauseType } from '@/lib/domain/ledger';
import { isLedgerKind, type LedgerKind, type LedgerLine, type LedgerPage } from '@/lib/domain/ledger-view';
import { LEDGER_EXPORT_ENTRIES } from '@/lib/domain/limits';

export interface LedgerQuestion {
  /** Left out: everything that moved the balance. */
  kind?: LedgerKind | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
  limit: number;
}

export async function listLedger(scope: Scope, { kind, cursor, limit }: LedgerQuestion): Promise<LedgerPage> {
  const take = Math.min(Math.max(1, Math.trunc(limit)), LEDGER_EXPORT_ENTRIES);
  const rows = await readRows(scope, { kind, cursor, take: take + 1 });
  const lines = rows.slice(0, take).map(toLine);
  return { lines, nextCursor: rows.length > take ? (lines.at(-1)?.id ?? null) : null };
}

function readRows(scope: Scope, { kind, ...page }: Omit<LedgerQuestion, 'limit'> & { take: number }): Promise<LedgerRow[]> {
  if (kind === 'hold') return listHolds(scope, page);
  return kind === 'release' ? listReleases(scope, page) : listEntries(scope, { ...page, kind });
}

function toLine(row: LedgerRow): LedgerLine {
  if (!isLedgerKind(row.kind)) throw new Error(`the ledger knows no line of the kind ${row.kind}`);
  return {
    id: row.id,
    kind: row.kind,
    amount: row.amount,
    cause: { type: toCauseType(row.causeType), id: row.causeId, label: row.label },
    grantKind: row.grantKind,
    key: row.keyId === null ? null : { id: row.keyId, name: row.keyName },
    createdAt: row.at.toISOString(),
  };
}

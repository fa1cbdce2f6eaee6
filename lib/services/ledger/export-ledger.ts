// The ledger as a CSV file, newest first, page by page, so that a long one costs no memory. Addresses and names can't become formulas.
import type { Scope } from '@/lib/data/scope';
import { csvLine } from '@/lib/domain/csv-cell';
import type { LedgerKind, LedgerLine } from '@/lib/domain/ledger-view';
import { LEDGER_EXPORT_ENTRIES } from '@/lib/domain/limits';
import { listLedger } from './list-ledger';

const HEADER = ['time', 'kind', 'credits', 'cause', 'cause_id', 'cause_name', 'grant', 'api_key_id', 'api_key_name', 'id'];

export async function* exportLedger(scope: Scope, kind: LedgerKind | undefined): AsyncGenerator<string> {
  yield csvLine(HEADER);
  for (let cursor: string | undefined; ;) {
    const { lines, nextCursor } = await listLedger(scope, { kind, cursor, limit: LEDGER_EXPORT_ENTRIES });
    yield lines.map(toCsv).join('');
    if (nextCursor === null) return;
    cursor = nextCursor;
  }
}

const toCsv = ({ id, kind, amount, cause, grantKind, key, createdAt }: LedgerLine): string =>
  csvLine([createdAt, kind, amount, cause.type, cause.id, cause.label, grantKind, key?.id ?? null, key?.name ?? null, id]);

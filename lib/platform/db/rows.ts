// Rows of hand-written SQL, each checked against the expected shape before it is used. A renamed column, a count that comes as a bigint or
// a word that the code does not know fails here, with the column's name, and not three functions later.
import type { QueryConfig, QueryResult } from 'pg';
import { z } from 'zod';
import type { Prisma } from './_prisma/client';
import { db, queryPool, type Tx } from './client';

/** The row of `SELECT … AS "count"` and other statements that return one whole number. */
export const CountRow = z.object({ count: z.int() });

/** A `jsonb` column. It is certainly JSON; the reader parses its contents. */
export const JsonColumn = z.custom<Prisma.JsonValue>((value) => value !== undefined);

const Rows = z.array(z.unknown());

/** A pool or a connection from pg itself. */
interface PgClient {
  query(config: QueryConfig): Promise<QueryResult<Record<string, unknown>>>;
}

/** Returns all rows of a statement, in their order. Within a transaction they come through Prisma, which holds its connection. */
export async function queryRows<T>(shape: z.ZodType<T>, statement: Prisma.Sql, tx: Tx = db()): Promise<T[]> {
  const rows = tx === db() ? await queryPool(statement) : Rows.parse(await tx.$queryRaw(statement));
  return parseRows(shape, rows);
}

/** Returns the first row of a statement, or null if it has none. */
export async function queryRow<T>(shape: z.ZodType<T>, statement: Prisma.Sql, tx: Tx = db()): Promise<T | null> {
  const [row] = await queryRows(shape, statement, tx);
  return row ?? null;
}

/** Returns the one row that a statement always has, such as a sum or the result of an upsert. */
export async function queryOne<T>(shape: z.ZodType<T>, statement: Prisma.Sql, tx: Tx = db()): Promise<T> {
  const row = await queryRow(shape, statement, tx);
  if (row === null) throw new Error('a statement that always has a row had none');
  return row;
}

/** Returns all rows of a statement through pg itself, for reading very many rows. */
export async function queryPgRows<T>(shape: z.ZodType<T>, client: PgClient, statement: QueryConfig): Promise<T[]> {
  return parseRows(shape, (await client.query(statement)).rows);
}

function parseRows<T>(shape: z.ZodType<T>, rows: readonly unknown[]): T[] {
  return rows.map((row) => {
    const parsed = shape.safeParse(row);
    if (parsed.success) return parsed.data;
    throw new Error(`a row is not as expected: ${describe(parsed.error)}`);
  });
}

/** Names columns and types but never a value, since values are customers' data. */
const describe = ({ issues }: z.ZodError): string =>
  issues.map(({ path, message }) => `${path.join('.') || 'row'}: ${message}`).join('; ');

// Text as PostgreSQL can store it. It cannot store NUL or lone surrogates, which have no UTF-8 form. In JSON text both are escapes. An
// escaped backslash is matched first, so that the six characters `\\u0000` in somebody's text stay as they are.
const UNSTORABLE = /\0|\p{Cs}/gu;
const UNSTORABLE_ESCAPE = /\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})/g;

/** JSON as a jsonb column can store it. Characters that can't be stored become U+FFFD. */
export const toJsonText = (value: unknown): string =>
  JSON.stringify(value).replace(UNSTORABLE_ESCAPE, (escape) => (escape === '\\\\' ? escape : '\\ufffd'));

/** Text as a text column can store it. */
export const toStorableText = (text: string, replacement: string): string => text.replace(UNSTORABLE, replacement);

// `npm run migrate`: brings the database named by DATABASE_URL up to this version, and creates it if it does not exist. May run any number
// of times, even concurrently: one run waits for the other. Needs no other setting, so it can run before the rest is configured.
import { ensureDatabase, migrate } from './migrate';

const url = process.env.DATABASE_URL;
if (url === undefined || !/^postgres(ql)?:\/\//.test(url)) {
  console.error('DATABASE_URL is required: the URL of your PostgreSQL database, postgresql://user:password@host/database.');
  process.exit(1);
}
try {
  const applied = await migrate(url).catch(async (error: unknown) => {
    if (!isMissing(error)) throw error;
    await ensureDatabase(url);
    return migrate(url);
  });
  for (const name of applied) console.log(`applied ${name}`);
  console.log(applied.length === 0 ? 'The database is up to date.' : `The database is up to date: ${applied.length} applied.`);
} catch (error) {
  console.error(`The database could not be migrated: ${describe(error)}`);
  process.exitCode = 1;
}

/** 3D000: invalid catalog name. */
function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '3D000';
}

/** When a server can't be reached at any of its addresses, Node throws an error without a message. */
function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describe).join('; ');
  return error instanceof Error ? error.message : String(error);
}

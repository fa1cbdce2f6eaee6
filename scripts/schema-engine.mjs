#!/usr/bin/env node
// Stands in for Prisma's native `schema-engine`, which would have to be downloaded. Speaks the same JSON-RPC on standard input and output,
// and uses Prisma's own WebAssembly build of that engine over a PostgreSQL connection.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';

const CHAR_OID = 18;
const TEXT_OID = 25;
const CHAR_COLUMN_TYPE = 6;
const ERROR_IN_DATA = 4466;
const PRISMA_URL_OPTIONS = ['schema', 'connection_limit', 'pool_timeout', 'pgbouncer', 'connect_timeout'];

const args = process.argv.slice(2);
const valuesOf = (name) => args.flatMap((arg, index) => (arg === name ? [args[index + 1]] : []));
const datasource = JSON.parse(valuesOf('--datasource')[0] ?? '{}');
const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
const quote = (name) => `"${name.replaceAll('"', '""')}"`;

/** Splits a Prisma URL into the part that pg understands and the schema; `database` replaces the database. */
function target(raw, database) {
  const url = new URL(raw);
  const schema = url.searchParams.get('schema') ?? 'public';
  for (const name of PRISMA_URL_OPTIONS) url.searchParams.delete(name);
  if (database) url.pathname = `/${encodeURIComponent(database)}`;
  return { url: url.toString(), schema, database: decodeURIComponent(url.pathname.slice(1)) };
}

async function query(raw, sql, database) {
  const client = new pg.Client(target(raw, database).url);
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

async function connectAdapter(raw, database) {
  const at = target(raw, database);
  return repair(await new PrismaPg({ connectionString: at.url, max: 2 }, { schema: at.schema }).connect());
}

/** The stock adapter splits scripts at ";" (which breaks $$ bodies) and rejects the catalog type "char". */
function repair(adapter) {
  if (adapter.executeScript) {
    adapter.executeScript = async (script) => {
      try {
        await adapter.underlyingDriver().query(script);
      } catch (error) {
        adapter.onError(error);
      }
    };
  }
  const performIO = adapter.performIO.bind(adapter);
  const queryRaw = adapter.queryRaw.bind(adapter);
  const startTransaction = adapter.startTransaction?.bind(adapter);
  adapter.performIO = async (statement) => {
    const result = await performIO(statement);
    if (!result.fields) return result;
    result.rows.isChar = result.fields.map((field) => field.dataTypeID === CHAR_OID);
    for (const field of result.fields) if (field.dataTypeID === CHAR_OID) field.dataTypeID = TEXT_OID;
    return result;
  };
  adapter.queryRaw = async (statement) => {
    const result = await queryRaw(statement);
    result.columnTypes = result.columnTypes.map((type, index) => (result.rows.isChar?.[index] ? CHAR_COLUMN_TYPE : type));
    return result;
  };
  if (startTransaction) adapter.startTransaction = async (level) => repair(await startTransaction(level));
  return adapter;
}

/** The stock adapter would use the main database as the shadow database. */
async function connectShadow() {
  if (datasource.shadowDatabaseUrl) {
    const adapter = await connectAdapter(datasource.shadowDatabaseUrl);
    const schema = quote(target(datasource.shadowDatabaseUrl).schema);
    await adapter.executeScript(`DROP SCHEMA IF EXISTS ${schema} CASCADE; CREATE SCHEMA ${schema}`);
    return adapter;
  }
  const database = `prisma_migrate_shadow_db_${randomUUID()}`;
  await query(datasource.url, `CREATE DATABASE ${quote(database)} TEMPLATE template0`, 'postgres');
  const adapter = await connectAdapter(datasource.url, database);
  const dispose = adapter.dispose.bind(adapter);
  adapter.dispose = async () => {
    await dispose();
    await query(datasource.url, `DROP DATABASE IF EXISTS ${quote(database)} WITH (FORCE)`, 'postgres');
  };
  return adapter;
}

let errorRegistry;
function adapterFactory(url) {
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connectAdapter(url),
    connectToShadowDb: connectShadow,
  });
  errorRegistry = factory.errorRegistry;
  return factory;
}

/** Maps errors of PostgreSQL and of the socket to Prisma's codes. */
function userError(error) {
  const message = error.message || String(error);
  if (error.code === '3D000' || /^Database `.*` does not exist/.test(message)) {
    return { code: 'P1003', message: `Database \`${target(datasource.url).database}\` does not exist on the database server` };
  }
  if (['28P01', '28000'].includes(error.code)) return { code: 'P1000', message };
  if (/^E[A-Z]+$/.test(error.code ?? '')) return { code: 'P1001', message };
  return { code: error.code ?? 'P1011', message };
}

const createDatabase = () =>
  query(
    datasource.url,
    `CREATE DATABASE ${quote(target(datasource.url).database)} ENCODING 'UTF8' TEMPLATE template0`,
    'postgres',
  );

async function runOnce(command) {
  const log = (entry) => process.stderr.write(`\n${JSON.stringify(entry)}`);
  try {
    if (command === 'can-connect-to-database') await query(datasource.url, 'SELECT 1');
    if (command === 'create-database') await createDatabase();
    if (command === 'drop-database') {
      await query(datasource.url, `DROP DATABASE ${quote(target(datasource.url).database)} WITH (FORCE)`, 'postgres');
      log({ level: 'INFO', fields: { message: 'The database was successfully dropped.' } });
    }
    process.exit(0);
  } catch (error) {
    const known = userError(error);
    log({ level: 'ERROR', target: 'schema_engine::logger', fields: { error_code: known.code, message: known.message } });
    process.exit(1);
  }
}

const wasmEntry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');

if (args.includes('--version')) {
  const { version } = JSON.parse(readFileSync(wasmEntry.replace('schema_engine.js', 'package.json'), 'utf8'));
  console.log(`schema-engine-cli ${version.split('.').pop()} (wasm)`);
  process.exit(0);
}
if (args.includes('cli')) await runOnce(args[args.indexOf('cli') + 1]);

let panic = '';
globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => (panic = message) };
process.on('uncaughtException', (error) => {
  console.error(JSON.stringify({ level: 'ERROR', fields: { message: panic || error.message, backtrace: error.stack } }));
  process.exit(101);
});

const runtime = await import('@prisma/schema-engine-wasm/schema_engine_bg');
const wasm = new WebAssembly.Module(readFileSync(wasmEntry.replace('schema_engine.js', 'schema_engine_bg.wasm')));
const instance = new WebAssembly.Instance(wasm, { './schema_engine_bg.js': runtime });
runtime.__wbg_set_wasm(instance.exports);
instance.exports.__wbindgen_start();

const datamodels = valuesOf('--datamodels').map((path) => [path, readFileSync(path, 'utf8')]);
const startEngine = (url, models) =>
  runtime.SchemaEngine.new({ datamodels: models?.length ? models : undefined }, () => undefined, adapterFactory(url));
const isLive = (side) => side?.tag === 'url' || side?.tag === 'schemaDatasource';
let mainEngine;

/** A comparison of two things that are not databases needs no database connection. */
function engineFor(params) {
  if (params?.from && params?.to && !isLive(params.from) && !isLive(params.to)) {
    return startEngine(target(datasource.url, 'postgres').url);
  }
  mainEngine ??= startEngine(params?.to?.url ?? params?.from?.url ?? params?.datasourceType?.url ?? datasource.url, datamodels);
  return mainEngine;
}

async function answer({ id, method, params }) {
  if (method === 'createDatabase') {
    await createDatabase();
    return { databaseName: target(datasource.url).database };
  }
  if (method === 'ensureConnectionValidity') {
    await query(datasource.url, 'SELECT 1');
    return {};
  }
  const engine = await engineFor(params);
  const result = await engine[method === 'getDatabaseVersion' ? 'version' : method](params);
  if (method !== 'diff') return result ?? {};
  if (typeof result.stdout === 'string') send({ id: 1_000_000 + id, method: 'print', params: { content: result.stdout } });
  return { exitCode: result.exitCode };
}

function explain(error) {
  const registered = /External error id#(\d+)/.exec(error.message)?.[1];
  const cause = registered ? (errorRegistry.consumeError(Number(registered))?.error ?? error) : error;
  const known = userError(cause);
  return { is_panic: false, message: known.message, error_code: known.code, meta: cause.meta ?? null };
}

let pending = 0;
let isClosed = false;
const exitWhenDone = () => isClosed && pending === 0 && process.exit(0);

const input = createInterface({ input: process.stdin });
input.on('close', () => {
  isClosed = true;
  exitWhenDone();
});
for await (const line of input) {
  let request;
  try {
    request = JSON.parse(line);
  } catch {
    continue;
  }
  if (!request.method) continue; // the answer to our own "print"
  pending++;
  try {
    send({ id: request.id, result: await answer(request) });
  } catch (error) {
    const message = 'An error happened. Check the data field for details.';
    send({ id: request.id, error: { code: ERROR_IN_DATA, message, data: explain(error) } });
  } finally {
    pending--;
    exitWhenDone();
  }
}

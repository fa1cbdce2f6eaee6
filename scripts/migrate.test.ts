// Schema and migrations agree, by Prisma's own comparison, and the constraints that Prisma can't express exist in the database.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { Client } from 'pg';
import { expect, inject, test } from 'vitest';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { migrate } from './migrate';

useTestDatabase();

const databaseUrl = () => process.env.DATABASE_URL ?? '';

/**
 * This process goes on meanwhile: a connection that it left in the middle of signing in would hold up every CREATE and DROP DATABASE of the
 * server until PostgreSQL gives up on it, after a minute.
 */
async function prisma(...args: string[]): Promise<{ status: number | null; output: string }> {
  const child = spawn(process.execPath, ['scripts/prisma.mjs', 'migrate', ...args], {
    env: { ...process.env, DATABASE_URL: databaseUrl() },
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { status: child.exitCode, output: `${stdout}${stderr}` };
}

async function query(sql: string): Promise<void> {
  const client = new Client(databaseUrl());
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

test('the migrations make exactly the schema', async () => {
  const made = await prisma(
    'diff',
    '--from-migrations',
    'prisma/migrations',
    '--to-schema',
    'prisma/schema.prisma',
    '--exit-code',
  );
  expect(made.output).toContain('No difference detected');
  expect(made.status).toBe(0);
});

test('a difference is noticed, so the comparison can fail', async () => {
  const { status } = await prisma('diff', '--from-empty', '--to-schema', 'prisma/schema.prisma', '--exit-code');
  expect(status).toBe(2);
});

test('Prisma finds a database that we migrated up to date', async () => {
  expect((await prisma('status')).output).toContain('Database schema is up to date');
});

test('migrating twice changes nothing', async () => {
  expect(await migrate(databaseUrl())).toEqual([]);
});

test('the ledger can be appended to but not changed', async () => {
  await query(`INSERT INTO "Workspace" (id, name) VALUES ('w', 'w');
    INSERT INTO "CreditEntry" (id, "workspaceId", kind, amount, "sourceKey", "causeType") VALUES ('e', 'w', 'grant', 5, 's', 'grant')`);
  await expect(query(`UPDATE "CreditEntry" SET amount = 6 WHERE id = 'e'`)).rejects.toThrow('append-only');
});

test('the database refuses a balance below zero and more held than there is', async () => {
  await query(
    `INSERT INTO "Workspace" (id, name) VALUES ('g', 'g'); INSERT INTO "CreditBalance" ("workspaceId", balance) VALUES ('g', 5)`,
  );
  await expect(query(`UPDATE "CreditBalance" SET balance = -1 WHERE "workspaceId" = 'g'`)).rejects.toThrow('CreditBalance_guard');
  await expect(query(`UPDATE "CreditBalance" SET held = 6 WHERE "workspaceId" = 'g'`)).rejects.toThrow('CreditBalance_guard');
});

test('each test file has a database of its own', () => {
  expect(databaseUrl()).not.toBe(inject('postgresUrl'));
});

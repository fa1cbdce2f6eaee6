import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { announceRuntime, findRuntime, findRuntimeDatabase, keepSecrets } from './runtime';

const folder = () => mkdtempSync(join(tmpdir(), 'runtime-'));
const FACTS = { appUrl: 'http://localhost:3000', databaseUrl: 'postgresql://localhost/x', standIn: null };

test('a running instance is found, and gone once it withdraws', async () => {
  const dataDir = folder();
  const { withdraw } = await announceRuntime(dataDir, FACTS);
  expect(await findRuntime(dataDir)).toMatchObject({ ...FACTS, pid: process.pid });
  withdraw();
  expect(await findRuntime(dataDir)).toBeNull();
});

test('the file of a crashed instance blocks nothing, even when its process id lives on', async () => {
  const dataDir = folder();
  const { withdraw } = await announceRuntime(dataDir, FACTS);
  const left = { ...FACTS, pid: process.pid, controlPort: 1, nonce: 'stale' };
  withdraw();
  writeFileSync(join(dataDir, 'runtime.json'), JSON.stringify(left));
  expect(await findRuntime(dataDir)).toBeNull();
});

test('of two that start at the same moment one is told that the other runs', async () => {
  const dataDir = folder();
  const outcomes = await Promise.allSettled([announceRuntime(dataDir, FACTS), announceRuntime(dataDir, FACTS)]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const refused = outcomes.find((outcome) => outcome.status === 'rejected');
  expect(String(refused?.reason)).toContain('already running on this folder: http://localhost:3000');
});

test('a command waits for the database of an instance that is starting, and gets it', async () => {
  const dataDir = folder();
  const { update, withdraw } = await announceRuntime(dataDir, { ...FACTS, databaseUrl: null });
  const found = findRuntimeDatabase(dataDir, () => update({ databaseUrl: FACTS.databaseUrl }));
  expect(await found).toBe(FACTS.databaseUrl);
  withdraw();
});

test('a command does not wait for an instance that gave up starting', async () => {
  const dataDir = folder();
  const { withdraw } = await announceRuntime(dataDir, { ...FACTS, databaseUrl: null });
  expect(await findRuntimeDatabase(dataDir, withdraw)).toBeNull();
});

test('secrets are made once, kept, and readable by the owner only', () => {
  const dataDir = folder();
  const made = keepSecrets(dataDir);
  expect(keepSecrets(dataDir)).toEqual(made);
  expect(made.authSecret.length).toBeGreaterThanOrEqual(32);
  expect(statSync(join(dataDir, 'secrets.json')).mode & 0o077).toBe(0);
});

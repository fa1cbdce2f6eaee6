// The whole engine against the whole sandbox, over real DNS and SMTP: each behavior gets the answer that its catalog entry says.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SANDBOX_CATALOGUE } from '@/lib/verdict/sandbox-catalog';
import { parseEnv } from '@/lib/platform/env';
import { createMemoryCatchAllStore } from './adapters/smtp/catch-all/catch-all';
import { composeEngine, type Engine } from './compose';
import { type Sandbox, startSandbox } from '@/simulators/mail/start-sandbox';

const BUDGET_MS = 5_000;
/** Well within the budget even on a busy machine: a tarpit differs from a mute host in that it has sent something. */
const TARPIT_BYTE_EVERY_MS = 250;
const GREYLIST_DELAY_MS = 300;
const TRIES = SANDBOX_CATALOGUE.flatMap((entry) =>
  entry.tries.map((sandboxTry) => ({ ...sandboxTry, behavior: entry.behavior })),
);

let sandbox: Sandbox;
let engine: Engine;
let now = Date.now();

beforeAll(async () => {
  sandbox = await startSandbox({ greylistDelayMs: GREYLIST_DELAY_MS, tarpitByteEveryMs: TARPIT_BYTE_EVERY_MS, now: () => now });
  engine = await composeEngine({ settings: parseEnv({ MAIL_SANDBOX: 'on' }), catchAll: createMemoryCatchAllStore(), sandbox });
});

afterAll(async () => {
  await engine.close();
  await sandbox.close();
});

const verify = (email: string, triplet: Parameters<Engine['verify']>[0]['triplet'] = null) =>
  engine.verify({ email, deadline: Date.now() + BUDGET_MS, triplet });

describe('every sandbox behavior gets the answer in its catalog entry', () => {
  test.concurrent.each(TRIES)('$behavior: $email', async ({ email, expected, first }) => {
    const answer = await verify(email);
    expect(pick(answer.verdict)).toEqual(first ?? expected);
    if (first === null) return;
    expect(answer.askAgain).not.toBeNull();
    now += GREYLIST_DELAY_MS + 1;
    const later = await verify(email, answer.askAgain?.triplet);
    expect(pick(later.verdict)).toEqual(expected);
  });
});

test('every answer has seven layers in order, evidence, and a time', async () => {
  const answer = await verify('alice@deliverable.sandbox.test');
  expect(answer.layers.map(({ name }) => name)).toEqual(['syntax', 'domain', 'mx', 'disposable', 'role', 'smtp', 'catch_all']);
  expect(answer.evidence.some((item) => item.layer === 'smtp' && item.stage === 'rcpt' && item.code === 250)).toBe(true);
  expect(Number.isInteger(answer.durationMs)).toBe(true);
});

test('a domain is probed for catch-all once, however many of its addresses are asked', async () => {
  const before = sandbox.stats.get('catch-all.sandbox.test')?.probes ?? 0;
  await Promise.all(Array.from({ length: 20 }, (_, index) => verify(`someone-${index}@catch-all.sandbox.test`)));
  const asked = (sandbox.stats.get('catch-all.sandbox.test')?.probes ?? 0) - before;
  expect(asked).toBeLessThanOrEqual(21);
});

test('no refusal about us becomes a verdict about the mailbox', async () => {
  const answer = await verify('alice@blocking.sandbox.test');
  expect(answer.verdict).toMatchObject({ status: 'unknown', reason: 'probe_blocked' });
});

test('no server of the sandbox ever saw DATA', () => {
  expect(sandbox.dataCommands).toBe(0);
});

const pick = ({ status, reason }: { status: string; reason: string | null }) => ({ status, reason });

// The command line against hosts and name servers whose trouble passes after some seconds.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isRetried } from '@/lib/verdict/retry-schedule';
import { REASONS_BY_STATUS } from '@/lib/verdict/verdict';
import { runCli } from '@/tests/cli/run-cli';
import { type PassingTroubles, startPassingTroubles } from '@/tests/worker/passing-troubles';

/** `probe_blocked` needs a second identity, and waiting for a silent host would take up this test's time. */
const TROUBLES = REASONS_BY_STATUS.unknown
  .filter(isRetried)
  .filter((reason) => reason !== 'probe_blocked' && reason !== 'timeout');
/** Longer than the first wait of some reasons, shorter than that of others, which are asked at the last moment. */
const MAX_WAIT_S = 20;
/** Longer than the failures that end at once take. A silent host is waited for even longer. */
const PASSES_AFTER_MS = 4_000;

const answerLine = z.object({
  email: z.string(),
  reason: z.string(),
  evidence: z.array(z.object({ layer: z.string(), stage: z.string(), meaning: z.string().nullable() })),
  duration_ms: z.int(),
});
const answersIn = (lines: readonly string[]) => lines.map((line) => answerLine.parse(JSON.parse(line)));
const addressOf = (trouble: string) => `ann@${trouble.replaceAll('_', '-')}.cli.test`;

let world: PassingTroubles;
beforeAll(async () => {
  world = await startPassingTroubles();
});
afterAll(() => world.close());

describe('temporary failures', () => {
  it('are left undecided without --max-wait, and asked again within it', async () => {
    const without = await runCli(['verify', addressOf('connect_failed'), addressOf('dns_temporary_error')], { env: world.env });
    expect(
      answersIn(without.lines)
        .map(({ reason }) => reason)
        .toSorted(),
    ).toEqual(['connect_failed', 'dns_temporary_error']);

    const asked = world.asked.length;
    const within = runCli(['verify', ...TROUBLES.map(addressOf), '--max-wait', String(MAX_WAIT_S)], { env: world.env });
    await expect.poll(() => world.asked.length).toBeGreaterThan(asked);
    await sleep(PASSES_AFTER_MS);
    await world.pass();
    const { code, lines } = await within;
    expect(code).toBe(0);
    const answers = new Map(answersIn(lines).map((answer) => [answer.email, answer]));
    expect(answers.size).toBe(TROUBLES.length);
    for (const trouble of TROUBLES) {
      const answer = answers.get(addressOf(trouble));
      expect([trouble, answer?.reason]).toEqual([trouble, 'mailbox_exists']);
      const told = answer?.evidence.flatMap(({ stage, meaning }) =>
        stage === 'rcpt' || stage === 'connect' || stage === 'dns' ? [meaning ?? stage] : [],
      );
      expect(told).toContain(trouble === 'dns_temporary_error' ? 'dns' : trouble);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { db } from '@/lib/platform/db/client';
import { runCli } from '@/tests/cli/run-cli';
import { useTestDatabase } from '@/tests/database/use-test-database';

useTestDatabase();
const create = (...more: string[]) =>
  runCli(['user', 'create', ...more], {
    // Beside a running product, the command line knows the database but none of the secrets.
    env: { DATABASE_URL: process.env.DATABASE_URL ?? '' },
  });
const accountLine = z.strictObject({ user_id: z.string(), workspace_id: z.string(), api_key: z.string().regex(/^evk_live_/) });

describe('user create', () => {
  it('makes an account that can be used at once, with the credits asked for, and prints its key once', async () => {
    const { code, lines } = await create(
      '--email',
      'Ann@Example.com',
      '--password',
      'correct horse battery staple',
      '--credits',
      '500',
    );
    expect({ code, count: lines.length }).toEqual({ code: 0, count: 1 });
    const account = accountLine.parse(JSON.parse(lines[0] ?? ''));
    const user = await db().user.findUnique({ where: { id: account.user_id }, select: { emailVerified: true } });
    expect(user?.emailVerified).not.toBeNull();
    const { _sum } = await db().creditEntry.aggregate({ where: { workspaceId: account.workspace_id }, _sum: { amount: true } });
    expect(_sum.amount).toBe(600);
  });

  it('refuses an address with an account, or an invalid one, with a sentence and exit code 1', async () => {
    const twice = await create('--email', 'ann@example.com', '--password', 'correct horse battery staple');
    const broken = await create('--email', 'ben@', '--password', 'correct horse battery staple');
    for (const { code, lines, stderr } of [twice, broken]) {
      expect({ code, lines }).toEqual({ code: 1, lines: [] });
      expect(stderr.trim()).not.toBe('');
      expect(stderr).not.toMatch(/\n\s+at /);
    }
  });

  it.each([
    ['--credits', '-5'],
    ['--credits', '1.5'],
  ])('%s %s is wrong use and ends with 2', async (...more) => {
    const { code } = await create('--email', 'cay@example.com', '--password', 'correct horse battery staple', ...more);
    expect(code).toBe(2);
  });
});

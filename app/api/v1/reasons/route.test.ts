import { expect, it } from 'vitest';
import { CHARGED_REASONS } from '@/lib/credits/rules/ledger';
import { REASONS } from '@/lib/verdict/verdict';
import { z } from 'zod';
import { call } from '@/tests/api/call';
import { GET, POST } from './route';

const schema = z.object({ data: z.array(z.strictObject({ reason: z.enum(REASONS), status: z.string(), charged: z.boolean() })) });

it('200: every reason once, with its status and whether it is charged; no key needed', async () => {
  const answered = await call(GET);
  expect(answered.status).toBe(200);
  expect(answered.headers.get('x-request-id')).toMatch(/^req_/);
  const { data } = schema.parse(answered.json);
  expect(data.map(({ reason }) => reason).sort()).toEqual([...REASONS].sort());
  expect(
    data
      .filter(({ charged }) => charged)
      .map(({ reason }) => reason)
      .sort(),
  ).toEqual([...CHARGED_REASONS].sort());
  expect(data).toContainEqual({ reason: 'catch_all', status: 'risky', charged: false });
});

it('405: nothing can be changed', async () => {
  expect(await call(POST, { body: {} })).toMatchObject({ status: 405 });
});

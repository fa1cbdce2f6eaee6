import { expect, it } from 'vitest';
import { z } from 'zod';
import { COMPONENTS } from '@/lib/status/rules';
import { sampleStatus } from '@/lib/status/status';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { seedCheck } from '@/tests/database/seed-check';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { withoutTable } from '@/tests/database/without-table';
import { GET } from './route';

useTestDatabase();

const share = z.number().min(0).max(1).nullable();
const state = z.enum(['operational', 'degraded', 'failed', 'unknown']);
const answer = z.strictObject({
  state,
  measured_since: z.iso.datetime().nullable(),
  sampled_at: z.iso.datetime().nullable(),
  components: z.array(
    z.strictObject({
      component: z.enum(COMPONENTS),
      state,
      availability: share,
      days: z.array(
        z.strictObject({
          day: z.iso.date(),
          state,
          failed_minutes: z.int(),
          degraded_minutes: z.int(),
          unmeasured_minutes: z.int(),
        }),
      ),
    }),
  ),
  providers: z.array(
    z.strictObject({
      provider: z.string(),
      asked: z.int(),
      answered_share: share,
      days: z.array(z.strictObject({ day: z.iso.date(), asked: z.int(), answered_share: share })),
    }),
  ),
});

it('200: every component with its days, for anybody, and nothing about whose addresses were checked', async () => {
  const scope = await makeWorkspace();
  await seedCheck(scope, { email: 'secret@customer.example', reason: 'mailbox_exists', more: { mxProvider: 'gmail' } });
  await sampleStatus(() => Promise.resolve(true));
  const response = await GET();
  const text = await response.text();
  expect(response.status).toBe(200);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(response.headers.get('cache-control')).toMatch(/^public, max-age=\d+/);
  const { components } = answer.parse(JSON.parse(text));
  expect(components.map(({ component }) => component)).toEqual(COMPONENTS);
  expect(components.find(({ component }) => component === 'database')?.days).toHaveLength(1);
  expect(text).not.toMatch(/customer\.example|secret/);
});

it('200 while the history can’t be read: it reports that the database is down', async () => {
  await withoutTable('StatusDay', async () => {
    const response = await GET();
    const { state: overall, components } = answer.parse(await response.json());
    expect([response.status, overall]).toEqual([200, 'failed']);
    expect(components.find(({ component }) => component === 'database')?.state).toBe('failed');
  });
});

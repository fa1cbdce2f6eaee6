import { expect, it, vi } from 'vitest';
import { z } from 'zod';
import { AppError, fail } from '../errors';
import { formDone, formGave, IDLE_FORM, problemOf } from '../form-state';
import { createActions } from './actions';

const begin = vi.fn(async () => ({ name: 'ann' }));
const { form, button } = createActions(begin);
const schema = z.object({ amount: z.coerce.number().min(1, 'At least 1.') });

function sent(...fields: [string, string][]): FormData {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
}

it('a form is parsed, and its work knows the caller', async () => {
  const action = form<{ amount: number }, string>(schema, async ({ amount }, { name }) => formGave(`${name} ${amount}`));
  expect(await action(IDLE_FORM, sent(['amount', '3']))).toMatchObject({ status: 'done', value: 'ann 3' });
});

it('input that cannot be read is a problem at its field, and no work is done', async () => {
  const work = vi.fn(async () => formDone());
  expect(await form(schema, work)(IDLE_FORM, sent(['amount', '0']))).toMatchObject({
    status: 'failed',
    fields: { amount: 'At least 1.' },
    code: null,
  });
  expect(work).not.toHaveBeenCalled();
});

it('a field declared as a list keeps all values; any other field keeps the last one', async () => {
  const many = z.object({ scopes: z.array(z.string()), amount: z.string() });
  const action = form<z.infer<typeof many>, unknown>(many, async (fields) => formGave(fields), { lists: ['scopes'] });
  const fields = sent(['scopes', 'a'], ['scopes', 'b'], ['amount', '1'], ['amount', '2']);
  expect((await action(IDLE_FORM, fields)).value).toEqual({ scopes: ['a', 'b'], amount: '2' });
  expect((await action(IDLE_FORM, sent(['amount', '1']))).value).toEqual({ scopes: [], amount: '1' });
});

it.each(['returned', 'thrown'])('a refusal that is %s is an answer', async (how) => {
  const action = button(z.string(), async () => {
    if (how === 'thrown') throw new AppError('unavailable', { detail: 'Stripe is away.' });
    return fail('unavailable', { detail: 'Stripe is away.' });
  });
  const answer = await action('x');
  expect(answer).toMatchObject({ status: 'failed', code: 'unavailable' });
  expect(problemOf(answer)).toBe('Stripe is away.');
});

it('a refused form repeats what was typed, and never a password', async () => {
  const account = z.object({ email: z.string().min(3), password: z.string(), terms: z.string() });
  const action = form(account, async () => fail('conflict'));
  const fields: [string, string][] = [
    ['password', 'secret'],
    ['terms', 'on'],
  ];
  const typed = { email: 'ann@example.org', terms: 'on' };
  expect((await action(IDLE_FORM, sent(['email', 'ann@example.org'], ...fields))).typed).toEqual(typed);
  expect((await action(IDLE_FORM, sent(['email', 'a'], ...fields))).typed).toEqual({ ...typed, email: 'a' });
});

it('a database that is away is an answer too', async () => {
  const action = button(z.string(), () => Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })));
  expect(await action('x')).toMatchObject({ status: 'failed', code: 'unavailable' });
});

it('a bug, and the redirect of a caller without access, propagate as exceptions', async () => {
  const broken = button(z.string(), () => Promise.reject(new TypeError('a bug')));
  await expect(broken('x')).rejects.toThrow('a bug');
  begin.mockRejectedValueOnce(new Error('NEXT_REDIRECT'));
  await expect(broken('x')).rejects.toThrow('NEXT_REDIRECT');
});

it('input that none of our buttons sends is refused in one sentence', async () => {
  const action: (input: never) => Promise<unknown> = button(z.object({ id: z.string() }), async () => formDone());
  expect(await Reflect.apply(action, null, [{ id: 7 }])).toMatchObject({ status: 'failed', fields: {} });
});

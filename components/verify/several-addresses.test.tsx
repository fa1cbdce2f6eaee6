// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { IDLE_FORM } from '@/lib/platform/form-state';
import { VerifyPanel } from './verify-panel';

const push = vi.fn();
vi.mock('next/navigation', () => ({ useRouter: () => ({ push, refresh: vi.fn() }) }));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const show = () => {
  render(<VerifyPanel action={() => Promise.resolve(IDLE_FORM)} initialEmail="" samples={[]} />);
  return screen.getByRole('textbox');
};
const paste = (field: HTMLElement, text: string) => fireEvent.paste(field, { clipboardData: { getData: () => text } });

it('makes a list of several addresses in one click, with every line of the paste', async () => {
  const text = 'Ann <a@example.com>\nb@example.com\n"c;d"@example.com';
  const sent: unknown[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    sent.push(url, await new Response(init.body).json());
    return Response.json({ id: 'lst_1' }, { status: 201 });
  });
  const field = show();
  paste(field, text);
  expect(screen.getByText('3 addresses')).toBeTruthy();
  expect(screen.getByRole('button', { name: /^Verify · / }).hasAttribute('disabled')).toBe(true);
  fireEvent.click(screen.getByRole('button', { name: 'Verify them as a list' }));
  await waitFor(() => expect(push).toHaveBeenCalledWith('/lists/lst_1'));
  expect(sent).toMatchObject(['/api/lists/paste', { text }]);
});

it('says why no list could be made', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ detail: 'At most 20 lists.' }, { status: 409 })));
  const field = show();
  fireEvent.change(field, { target: { value: 'a@example.com; b@example.com' } });
  fireEvent.click(screen.getByRole('button', { name: 'Verify them as a list' }));
  expect(await screen.findByText('At most 20 lists.')).toBeTruthy();
});

it('ignores a single address, even one with separators inside quotes', () => {
  const field = show();
  for (const value of ['a@example.com', '"a;b@c"@example.com', '"Lee, Ann" <a@example.com>']) {
    fireEvent.change(field, { target: { value } });
    expect(screen.queryByText(/addresses$/)).toBeNull();
  }
});

// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { PASTE_MAX_BYTES } from '@/lib/platform/limits';
import { PasteList } from './paste-list';

const push = vi.fn();
vi.mock('next/navigation', () => ({ useRouter: () => ({ push, refresh: vi.fn() }) }));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** Without an event, as text that was typed before React listened. */
function standsIn(field: HTMLElement, text: string): void {
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(field, text);
}

function show(answer: () => Response) {
  const sent: unknown[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    sent.push(url, await new Response(init.body).json());
    return answer();
  });
  render(<PasteList sample="" policy="transactional" />);
  return { sent, field: screen.getByLabelText('Addresses'), count: screen.getByRole('button', { name: /^Count the addresses/ }) };
}

it('sends what stands in the field, also if it was pasted just before the page came alive', async () => {
  const { sent, field, count } = show(() => Response.json({ id: 'lst_1' }, { status: 201 }));
  standsIn(field, 'a@example.com\nb@example.com');
  fireEvent.click(count);
  await waitFor(() => expect(push).toHaveBeenCalledWith('/lists/lst_1'));
  expect(sent).toMatchObject(['/api/lists/paste', { text: 'a@example.com\nb@example.com', policy: 'transactional' }]);
});

it('keeps the addresses and repeats the server’s words if there can be no list', async () => {
  const { field, count } = show(() => Response.json({ detail: 'At most 20 lists.' }, { status: 409 }));
  fireEvent.change(field, { target: { value: 'a@example.com' } });
  fireEvent.click(count);
  await screen.findByText('At most 20 lists.');
  expect(field).toHaveProperty('value', 'a@example.com');
});

it.each([
  ['nothing', ' \n', 'Paste some addresses first.'],
  ['one byte too many', 'a'.repeat(PASTE_MAX_BYTES + 1), 'Save it as a file and upload that.'],
])('sends nothing for %s', async (_what, text, words) => {
  const { sent, field, count } = show(() => Response.json({}));
  standsIn(field, text);
  fireEvent.click(count);
  expect((await screen.findByRole('alert')).textContent).toContain(words);
  expect(sent).toEqual([]);
});

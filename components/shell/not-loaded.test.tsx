// @vitest-environment jsdom
// Code that is loaded at its first use may not come: the server restarts, or has another build by then. The page stays.
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { DocsSearch } from '@/components/docs/docs-search';
import { FreeVerifier } from '@/components/free-verifier/free-verifier';
import { CommandMenu } from '@/components/shell/command-menu';
import { fakeVerification } from '@/components/verification/fake-verification';

vi.mock('@/components/shell/command-palette', () => Promise.reject(new Error('the server is away')));
vi.mock('@/components/docs/docs-search-dialog', () => Promise.reject(new Error('the server is away')));
vi.mock('@/components/free-verifier/free-outcome', () => Promise.reject(new Error('the server is away')));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it.each([
  ['the command menu', <CommandMenu key="menu" extraPages={[]} />],
  ['the search of the docs', <DocsSearch key="search" />],
])('%s that can’t be loaded says so, and closes again', async (_, part) => {
  render(part);
  fireEvent.keyDown(window, { key: 'k', ctrlKey: true });
  expect((await screen.findByRole('alert')).textContent).toContain('could not be loaded');
  fireEvent.click(screen.getByRole('button', { name: 'Close' }));
  expect(screen.queryByRole('alert')).toBeNull();
  expect(screen.getByRole('button', { name: /Go to|Search the docs/ })).toBeTruthy();
});

it('a free check whose timeline can’t be loaded leads to its own page', async () => {
  const view = fakeVerification({ status: 'pending' });
  vi.stubGlobal('fetch', (url: string) =>
    Promise.resolve(
      url.endsWith('/allowance') ? Response.json({ remaining: 9, limit: 10 }) : Response.json(view, { status: 201 }),
    ),
  );
  render(<FreeVerifier initialEmail="" samples={[]} limit={10} />);
  fireEvent.change(screen.getByLabelText('Email address to verify'), { target: { value: view.email } });
  fireEvent.click(screen.getByRole('button', { name: 'Verify' }));
  const link = await screen.findByRole('link', { name: 'Open the check on its own page' });
  expect(link.getAttribute('href')).toBe(`/check/${view.id}`);
});

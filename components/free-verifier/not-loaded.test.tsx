// @vitest-environment jsdom
// Code that is loaded at first use may not arrive, because the server restarts or has a new build by then. The page must survive that.
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { FreeVerifier } from './free-verifier';
import { fakeVerification } from '@/components/verification/fake-verification';

vi.mock('./free-outcome', () => Promise.reject(new Error('the server is away')));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
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

// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { getDeletionAt } from '@/lib/accounts/deletion';
import { findPastDue } from '@/lib/billing/upkeep';
import { findResolverNotice } from '@/lib/operator/operator';
import AppLayout from './layout';

vi.mock('@/lib/accounts/web/session', () => ({
  requireSession: async () => ({ userId: 'usr_1', scope: { workspaceId: 'wsp_1' } }),
}));
vi.mock('@/components/shell/app-shell', () => ({ AppShell: ({ notice }: { notice: ReactNode }) => notice }));
vi.mock('@/lib/accounts/deletion', () => ({ getDeletionAt: vi.fn() }));
vi.mock('@/lib/billing/upkeep', () => ({ findPastDue: vi.fn() }));
vi.mock('@/lib/operator/operator', () => ({ findResolverNotice: vi.fn(), isOperator: async () => false }));

const UNPAID = 'The payment for your plan didn’t go through.';
const showNotice = async () => render(await AppLayout({ children: null }));
afterEach(cleanup);

it('a notice that cannot be loaded is left out, and the others are shown', async () => {
  vi.mocked(getDeletionAt).mockRejectedValue(new Error('the database is away'));
  vi.mocked(findResolverNotice).mockResolvedValue({ audience: 'customer' });
  vi.mocked(findPastDue).mockResolvedValue({ graceUntil: null, mayPay: false });
  await showNotice();
  expect(screen.getByText(new RegExp(UNPAID))).toBeTruthy();
  expect(screen.getByRole('region', { name: 'DNS problem' })).toBeTruthy();
  expect(screen.queryByText(/will be deleted/)).toBeNull();
});

it('shows nothing if there is nothing to say', async () => {
  vi.mocked(getDeletionAt).mockResolvedValue(null);
  vi.mocked(findResolverNotice).mockResolvedValue(null);
  vi.mocked(findPastDue).mockResolvedValue(null);
  const { container } = await showNotice();
  expect(container.textContent).toBe('');
});

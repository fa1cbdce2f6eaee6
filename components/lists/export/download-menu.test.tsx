// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ListFilter, ListView } from '@/lib/lists/rules/view';
import { fakeList } from '../fake-list';
import { DownloadMenu } from './download-menu';

const sent: unknown[] = [];
beforeEach(() => {
  sent.length = 0;
  vi.spyOn(HTMLFormElement.prototype, 'requestSubmit').mockImplementation(function (this: HTMLFormElement) {
    sent.push([new URL(this.action).pathname, this.method, Object.fromEntries(new FormData(this))]);
  });
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const counts = { deliverable: 900, risky: 100, unknown: 0, undeliverable: 204 };

function show(more: Partial<ListView> = {}, filter: ListFilter = {}, shown: number | null = null) {
  const base = fakeList();
  const list = fakeList({
    status: 'completed',
    progress: { ...base.progress, processed: 1_204, counts },
    quote: base.quote && { ...base.quote, duplicates: 0 },
    ...more,
  });
  render(<DownloadMenu list={list} filter={filter} shown={shown} />);
  return list;
}
const openMenu = () => fireEvent.keyDown(screen.getByRole('button', { name: 'More downloads' }), { key: 'Enter' });
const items = () => screen.getAllByRole('menuitem').map((item) => item.textContent);

describe('the download of a finished list', () => {
  it('offers the deliverable addresses in one click, with their number', () => {
    const { id } = show();
    fireEvent.click(screen.getByRole('button', { name: 'Download deliverable · 900 rows' }));
    expect(sent).toEqual([[`/api/lists/${id}/downloads`, 'post', { status: 'deliverable' }]]);
  });

  it('counts addresses if there are duplicates', () => {
    show({ quote: fakeList().quote });
    expect(screen.getByRole('button', { name: 'Download deliverable · 900 addresses' })).toBeTruthy();
  });

  it('has everything else in its menu, with the numbers', () => {
    show();
    openMenu();
    expect(items()).toEqual(['Risky100 rows', 'Undeliverable204 rows', 'Everything1,500 rows', 'Choose rows, columns and file…']);
    fireEvent.click(screen.getByRole('menuitem', { name: /^Undeliverable/ }));
    expect(sent).toMatchObject([[expect.anything(), 'post', { status: 'undeliverable' }]]);
  });

  it('offers what the table shows, with its filter', () => {
    const filter = { status: 'risky', q: '@example.com' } as const;
    show({}, filter, 12);
    openMenu();
    fireEvent.click(screen.getByRole('menuitem', { name: /^What the table shows ?12 rows$/ }));
    expect(sent).toMatchObject([[expect.anything(), 'post', filter]]);
  });

  it('offers everything if nothing is deliverable', () => {
    show({ progress: { ...fakeList().progress, processed: 10, counts: { ...counts, deliverable: 0 } } });
    fireEvent.click(screen.getByRole('button', { name: 'Download everything · 1,500 rows' }));
    expect(sent).toMatchObject([[expect.anything(), 'post', {}]]);
  });

  it('opens the choice of columns', () => {
    show();
    openMenu();
    fireEvent.click(screen.getByRole('menuitem', { name: 'Choose rows, columns and file…' }));
    expect(screen.getByRole('dialog', { name: 'Download results' })).toBeTruthy();
  });
});

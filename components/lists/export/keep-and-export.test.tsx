// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { exportFormSchema } from '@/lib/lists/export/requests';
import type { ListFilter, ListView } from '@/lib/lists/rules/view';
import { IDLE_FORM } from '@/lib/platform/form-state';
import { TYPE_NAME_FROM_ROWS } from '@/lib/platform/limits';
import { fakeList } from '../fake-list';
import { ExportDialog } from './export-dialog';
import { KeepCard } from './keep-card';

afterEach(cleanup);

const FINISHED: Partial<ListView> = {
  status: 'completed',
  startedAt: '2026-11-26T10:00:00.000Z',
  finishedAt: '2026-11-26T11:00:00.000Z',
};

describe('the download', () => {
  /** The form's fields, parsed as on the server. */
  function wishOf(filter: ListFilter, choose?: string) {
    render(<ExportDialog list={fakeList(FINISHED)} filter={filter} />);
    fireEvent.click(screen.getByRole('button', { name: 'Download' }));
    if (choose !== undefined) fireEvent.click(screen.getByRole('radio', { name: new RegExp(`^${choose}`) }));
    return exportFormSchema.parse(new FormData(document.querySelector('form') ?? undefined));
  }

  it('is everything, for Excel, unless something else is chosen', () => {
    expect(wishOf({})).toEqual({ segment: 'all', format: 'csv', bom: true, filter: {} });
  });

  it('is what the table shows if it is filtered', () => {
    expect(wishOf({ status: 'risky', q: '@example.com' })).toMatchObject({
      segment: 'all',
      filter: { status: 'risky', q: '@example.com' },
    });
  });

  it('is no longer filtered when another part is chosen', () => {
    expect(wishOf({ status: 'risky' }, 'Do not send')).toMatchObject({ segment: 'do_not_send', filter: {} });
    cleanup();
    expect(wishOf({ status: 'risky' }, 'Everything')).toMatchObject({ segment: 'all', filter: {} });
  });

  it('has the chosen columns, and at least one group of them', () => {
    expect(wishOf({}).columns).toBeUndefined();
    cleanup();
    render(<ExportDialog list={fakeList(FINISHED)} />);
    fireEvent.click(screen.getByRole('button', { name: 'Download' }));
    fireEvent.click(screen.getByRole('checkbox', { name: /^The details/ }));
    const form = document.querySelector('form') ?? undefined;
    expect(exportFormSchema.parse(new FormData(form)).columns).toEqual(['own', 'verdict']);
    for (const name of [/^Your 2 columns/, /^The verdict/]) fireEvent.click(screen.getByRole('checkbox', { name }));
    expect(screen.getByRole('button', { name: 'Download' }).hasAttribute('disabled')).toBe(true);
  });

  it('says how many addresses the table shows', () => {
    render(<ExportDialog list={fakeList(FINISHED)} filter={{ status: 'risky' }} shown={1_200} />);
    fireEvent.click(screen.getByRole('button', { name: 'Download' }));
    // Duplicates are included in the file but not in the count.
    expect(screen.getByText('1,200 addresses, by the filters you have set.')).toBeTruthy();
  });

  it('says that a running list contains only what is final so far', () => {
    render(<ExportDialog list={fakeList({ ...FINISHED, status: 'running' })} />);
    fireEvent.click(screen.getByRole('button', { name: 'Download' }));
    expect(screen.getByText(/has what is final so far/)).toBeTruthy();
  });
});

describe('keeping', () => {
  const show = (more: Partial<ListView>) => {
    const [keep, remove] = [vi.fn(() => Promise.resolve(IDLE_FORM)), vi.fn(() => Promise.resolve(IDLE_FORM))];
    render(<KeepCard list={fakeList({ ...FINISHED, ...more })} choices={[7, 30]} keep={keep} remove={remove} />);
    return { keep, remove };
  };
  const quoteOf = (rows: number) => {
    const { quote } = fakeList();
    return quote && { ...quote, rows };
  };

  test.each([
    { rows: TYPE_NAME_FROM_ROWS - 1, mustType: false },
    { rows: TYPE_NAME_FROM_ROWS, mustType: true },
  ])('deleting $rows rows needs the name: $mustType', ({ rows, mustType }) => {
    show({ quote: quoteOf(rows) });
    fireEvent.click(screen.getByRole('button', { name: 'Delete the rows now' }));
    expect(screen.queryByLabelText(/^Type/) !== null).toBe(mustType);
  });

  it('deletes without saving anything else', async () => {
    const { keep, remove } = show({ quote: quoteOf(1) });
    fireEvent.click(screen.getByRole('button', { name: 'Delete the rows now' }));
    fireEvent.click(screen.getByRole('button', { name: 'Delete the rows' }));
    await expect.poll(() => remove.mock.calls).toHaveLength(1);
    expect(keep).not.toHaveBeenCalled();
  });

  it('of a list at work offers no deletion, and offers the mail only for lists made by people', () => {
    show({ status: 'running', mailOnEnd: true });
    expect(screen.queryByRole('button', { name: 'Delete the rows now' })).toBeNull();
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: /^Email me/ }).checked).toBe(true);
    cleanup();
    show({ status: 'running', mailOnEnd: null });
    expect(screen.queryByRole('checkbox')).toBeNull();
  });
});

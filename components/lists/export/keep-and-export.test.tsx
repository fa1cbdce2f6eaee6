// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { TYPE_NAME_FROM_ROWS } from '@/lib/domain/limits';
import type { ListFilter } from '@/lib/domain/list-filter';
import type { ListView } from '@/lib/domain/list-view';
import { exportFormSchema } from '@/lib/schemas/export-request';
import { IDLE_FORM } from '@/lib/schemas/form-state';
import { fakeList } from '../fake-list';
import { ExportDialog } from './export-dialog';
import { KeepCard } from './keep-card';

afterEach(cleanup);

const FINISHED: Partial<ListView> = {
  state: 'completed',
  startedAt: '2026-11-26T10:00:00.000Z',
  finishedAt: '2026-11-26T11:00:00.000Z',
};

describe('the download', () => {
  /** What the form sends, as the server reads it. */
  function wishOf(filter: ListFilter, choose?: string) {
    render(<ExportDialog list={fakeList(FINISHED)} filter={filter} />);
    fireEvent.click(screen.getByRole('button', { name: 'Download' }));
    if (choose !== undefined) fireEvent.click(screen.getByRole('radio', { name: new RegExp(`^${choose}`) }));
    return exportFormSchema.parse(new FormData(document.querySelector('form') ?? undefined));
  }

  it('is everything, for Excel, unless something else is chosen', () => {
    expect(wishOf({})).toEqual({ segment: 'all', format: 'csv', bom: true, filter: {} });
  });

  it('is what the table shows where it is filtered', () => {
    expect(wishOf({ status: 'risky', q: '@example.com' })).toMatchObject({
      segment: 'all',
      filter: { status: 'risky', q: '@example.com' },
    });
  });

  it('is not filtered any more when another part is chosen', () => {
    expect(wishOf({ status: 'risky' }, 'Do not send')).toMatchObject({ segment: 'do_not_send', filter: {} });
    cleanup();
    expect(wishOf({ status: 'risky' }, 'Everything')).toMatchObject({ segment: 'all', filter: {} });
  });

  it('says of a running list that it has what is final so far', () => {
    render(<ExportDialog list={fakeList({ ...FINISHED, state: 'running' })} />);
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
    await vi.waitFor(() => expect(remove).toHaveBeenCalledOnce());
    expect(keep).not.toHaveBeenCalled();
  });

  it('of a list at work has no deleting, and the mail for lists of people', () => {
    show({ state: 'running', mailOnEnd: true });
    expect(screen.queryByRole('button', { name: 'Delete the rows now' })).toBeNull();
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: /^Mail me/ }).checked).toBe(true);
    cleanup();
    show({ state: 'running', mailOnEnd: null });
    expect(screen.queryByRole('checkbox')).toBeNull();
  });
});

// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import type { AddedLines } from '@/lib/blocklist/rules';
import { type FormState, IDLE_FORM, formGave } from '@/lib/platform/form-state';
import { AddEntries } from './add-entries';

afterEach(cleanup);

function show(answer: FormState<AddedLines>): HTMLElement {
  render(<AddEntries action={() => Promise.resolve(answer)} />);
  return screen.getByRole('textbox');
}

function add(field: HTMLElement, text: string): void {
  fireEvent.change(field, { target: { value: text } });
  fireEvent.click(screen.getByRole('button', { name: 'Add to the blocklist' }));
}

const textOf = (field: HTMLElement): string => (field instanceof HTMLTextAreaElement ? field.value : '');
const isInvalid = (field: HTMLElement): boolean => field.getAttribute('aria-invalid') === 'true';

it('an untouched form shows no error', () => {
  expect(isInvalid(show(IDLE_FORM))).toBe(false);
});

it('good lines leave the field; bad ones stay in it, each with what is wrong', async () => {
  const bad = [{ line: 'x@@y', problem: 'Two signs.' }];
  const field = show(formGave({ added: 2, known: 1, bad }));
  add(field, 'a@example.com\nb@example.com\nc@example.com\nx@@y');
  expect(await screen.findByText('2 entries added. 1 was already there.')).toBeTruthy();
  expect(screen.getByText('x@@y', { selector: 'span' }).parentElement?.textContent).toBe('x@@y: Two signs.');
  expect([textOf(field), isInvalid(field)]).toEqual(['x@@y', true]);
});

it('a refused paste stays whole', async () => {
  const field = show({ ...IDLE_FORM, status: 'failed', fields: { lines: 'Too many.' } });
  add(field, 'a@example.com');
  expect(await screen.findByText('Too many.')).toBeTruthy();
  expect([textOf(field), isInvalid(field)]).toEqual(['a@example.com', true]);
});

it('lines that were all good leave an empty field without an error', async () => {
  const field = show(formGave({ added: 1, known: 0, bad: [] }));
  add(field, 'a@example.com');
  expect(await screen.findByText('1 entry added.')).toBeTruthy();
  expect([textOf(field), isInvalid(field)]).toEqual(['', false]);
});

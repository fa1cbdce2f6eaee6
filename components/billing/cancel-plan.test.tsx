// @vitest-environment jsdom
// The dialog that asks before a plan is canceled: no button label can be read both ways.
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { CancelPlan } from './cancel-plan';

afterEach(cleanup);

const buttonsAfter = (name: string): (string | null)[] => {
  fireEvent.click(screen.getByRole('button', { name }));
  return within(screen.getByRole('alertdialog'))
    .getAllByRole('button')
    .map(({ textContent }) => textContent);
};

it('"Cancel the plan?" offers to keep it or to cancel it', () => {
  render(<CancelPlan action={() => Promise.reject(new Error('not pressed'))} endsAt={null} />);
  expect(buttonsAfter('Cancel plan')).toEqual(['Keep plan', 'Cancel plan']);
});

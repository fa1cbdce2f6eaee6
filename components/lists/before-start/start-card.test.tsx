// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { IDLE_FORM } from '@/lib/platform/form-state';
import { fakeList } from '../fake-list';
import { StartCard } from './start-card';

afterEach(cleanup);

const quote = fakeList().quote ?? null;

function show(available: number, more: { isFree?: boolean; maxCredits?: number } = {}) {
  if (quote === null) throw new Error('a list with a quote was expected');
  const { isFree = false, maxCredits = quote.maxCredits } = more;
  render(
    <StartCard
      listId="lst_1"
      quote={{ ...quote, maxCredits }}
      isFree={isFree}
      available={available}
      buyHref="/billing"
      action={() => Promise.resolve(IDLE_FORM)}
    />,
  );
  return {
    button: () => screen.getByRole<HTMLButtonElement>('button', { name: /^Verify/ }),
    choose: (name: RegExp) => fireEvent.click(screen.getByRole('radio', { name })),
  };
}

describe('with enough credits', () => {
  it('is set to start in full, at the quote', () => {
    const { button } = show(2_000);
    expect(button().textContent).toBe('Verify 1,204 addresses · up to 1,170 credits');
    expect(button().disabled).toBe(false);
    expect(screen.queryByText('Buy credits')).toBeNull();
  });

  it('a cap is a lower price', () => {
    const { button, choose } = show(2_000);
    choose(/Until the credits run out/);
    fireEvent.change(screen.getByLabelText('Spend at most'), { target: { value: '1x50' } });
    expect(button().textContent).toBe('Verify 1,204 addresses · up to 150 credits');
  });
});

describe('with fewer credits than the list can cost', () => {
  it('says how many are missing, where to buy them, and can start until they run out', () => {
    const { button } = show(1_000);
    expect(screen.getByText(/You need 170 more/)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Buy credits' }).getAttribute('href')).toBe('/billing');
    expect(button().textContent).toBe('Verify 1,204 addresses · up to 1,000 credits');
    expect(button().disabled).toBe(false);
  });

  it('can not start in full', () => {
    const { button, choose } = show(1_000);
    choose(/In full/);
    expect(button().disabled).toBe(true);
  });

  it('without any, the only option is to buy credits', () => {
    show(0);
    expect(screen.getByRole('link', { name: 'Buy credits to start' }).getAttribute('href')).toBe('/billing');
    expect(screen.queryByRole('button', { name: /^Verify|free/ })).toBeNull();
  });
});

it.each([
  ['a list of a test key', { isFree: true }],
  ['a list that can cost nothing', { maxCredits: 0 }],
])('%s starts for free, whatever the balance', (_, more) => {
  const { button } = show(0, more);
  expect(button().textContent).toBe('Verify 1,204 addresses · free');
  expect(button().disabled).toBe(false);
  expect(screen.queryByRole('radio')).toBeNull();
});

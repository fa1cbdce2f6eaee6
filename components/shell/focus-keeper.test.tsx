// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import { type ReactNode, useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { FocusKeeper } from './focus-keeper';

afterEach(cleanup);

/** A page whose button disappears when pressed, and what replaces it. */
function Page({ next }: { next: 'taker' | 'nothing' | 'page' }) {
  const [isGone, setIsGone] = useState(false);
  return (
    <>
      <main id="main" tabIndex={-1}>
        <h1>{isGone && next === 'page' ? 'The list' : 'New list'}</h1>
        <section>
          {!isGone && (
            <button type="button" onClick={() => setIsGone(true)}>
              Choose a file
            </button>
          )}
          {isGone && next === 'taker' && (
            <p data-takes-focus tabIndex={-1}>
              customers.csv
            </p>
          )}
        </section>
        <button type="button">Another</button>
      </main>
      <FocusKeeper />
    </>
  );
}

async function pressAndLose(): Promise<string | null> {
  const button = screen.getByRole('button', { name: 'Choose a file' });
  button.focus();
  await act(async () => button.click());
  return document.activeElement?.textContent ?? null;
}

it('goes to what replaced the pressed button', async () => {
  render(<Page next="taker" />);
  expect(await pressAndLose()).toBe('customers.csv');
});

it.each(['nothing', 'page'] as const)('otherwise goes to the title of the page (%s)', async (next) => {
  render(<Page next={next} />);
  expect(await pressAndLose()).toBe(next === 'page' ? 'The list' : 'New list');
});

it('waits at the page that is still loading for its title', async () => {
  const at = (child: ReactNode) => (
    <>
      <main id="main" tabIndex={-1}>
        {child}
      </main>
      <FocusKeeper />
    </>
  );
  const view = render(at(<button type="button">Upload</button>));
  screen.getByRole('button').focus();
  await act(async () => view.rerender(at(<p>Loading</p>)));
  expect(document.activeElement?.id).toBe('main');
  await act(async () => view.rerender(at(<h1>The list</h1>)));
  expect(document.activeElement?.textContent).toBe('The list');
  expect(document.activeElement?.tagName).toBe('H1');
});

it('does not move a focus that something has', async () => {
  render(<Page next="nothing" />);
  const button = screen.getByRole('button', { name: 'Choose a file' });
  button.focus();
  screen.getByRole('button', { name: 'Another' }).focus();
  await act(async () => button.click());
  expect(document.activeElement?.textContent).toBe('Another');
});

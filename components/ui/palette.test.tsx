// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { EARLY_EVENTS_SCRIPT } from './early-events';
import { Palette } from './palette';
import { PALETTE_SCRIPT, PaletteButton } from './palette-button';

const went = vi.fn<(where: string) => void>();
const FRUIT = ['apple', 'banana', 'cherry'];

const palette = (
  <>
    <PaletteButton>Find fruit</PaletteButton>
    <Palette
      label="Fruit"
      placeholder="Which?"
      choicesFor={(words) =>
        FRUIT.filter((one) => one.includes(words)).map((one) => ({ key: one, content: one, act: () => went(one) }))
      }
    />
  </>
);

// jsdom draws nothing and has no modal dialogs. These stand-ins do what a browser does, as far as it is visible here.
beforeAll(() => {
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
    this.open = true;
    this.querySelector('input')?.focus();
  };
  HTMLDialogElement.prototype.close = function (this: HTMLDialogElement) {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  };
  Element.prototype.scrollIntoView = () => undefined;
  window.eval(PALETTE_SCRIPT);
});
beforeEach(() => went.mockClear());
afterEach(cleanup);

const field = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Fruit' });
const options = () => screen.getAllByRole('option').map(({ textContent }) => textContent);
const chosen = () => screen.getByRole('option', { selected: true }).textContent;

describe('a palette', () => {
  it('has its field focused as soon as the keys are pressed', () => {
    render(palette);
    fireEvent.keyDown(document.body, { key: 'k', metaKey: true });
    expect(document.activeElement).toBe(field());
    expect(options()).toEqual(FRUIT);
    fireEvent.keyDown(field(), { key: 'k', ctrlKey: true });
    expect(screen.queryByRole('combobox')).toBeNull();
  });

  it('is navigated with arrow keys, which wrap around, and Enter chooses', () => {
    render(palette);
    fireEvent.click(screen.getByRole('button', { name: /Find fruit/ }));
    fireEvent.keyDown(field(), { key: 'ArrowUp' });
    expect(chosen()).toBe('cherry');
    fireEvent.keyDown(field(), { key: 'ArrowDown' });
    fireEvent.keyDown(field(), { key: 'ArrowDown' });
    expect(chosen()).toBe('banana');
    expect(document.getElementById(field().getAttribute('aria-activedescendant') ?? '')?.textContent).toBe('banana');
    fireEvent.change(field(), { target: { value: 'err' } });
    expect(options()).toEqual(['cherry']);
    fireEvent.keyDown(field(), { key: 'Enter' });
    expect(went.mock.calls).toEqual([['cherry']]);
    expect(screen.queryByRole('combobox')).toBeNull();
  });

  it('says when nothing matches, and then chooses nothing', () => {
    render(palette);
    fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
    fireEvent.change(field(), { target: { value: 'plum' } });
    expect(screen.getByRole('status').textContent).toBe('No results.');
    fireEvent.keyDown(field(), { key: 'Enter' });
    expect(went).not.toHaveBeenCalled();
  });

  it('that was opened and typed into before the page was hydrated keeps these words', async () => {
    const main = document.createElement('main');
    main.innerHTML = renderToString(palette);
    document.body.append(main);
    window.eval(EARLY_EVENTS_SCRIPT);
    fireEvent.keyDown(document.body, { key: 'k', metaKey: true });
    expect(document.activeElement).toBe(field());
    field().value = 'an';
    field().dispatchEvent(new Event('input', { bubbles: true }));
    window.earlyEvents?.stop();
    const root = await act(async () => hydrateRoot(main, palette));
    expect(options()).toEqual(['banana']);
    await act(async () => root.unmount());
    main.remove();
  });
});

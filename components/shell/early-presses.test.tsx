// @vitest-environment jsdom
// Input on a page before its scripts run reaches the components once they are hydrated.
import { useState, type ReactNode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { act } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EARLY_EVENTS_SCRIPT } from '@/components/ui/early-events';
import { Checkbox } from '@/components/ui/checkbox';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { Textarea } from '@/components/ui/textarea';
import { EarlyPresses } from './early-presses';

const heard = vi.fn<(what: string, value: unknown) => void>();

function Page() {
  const [text, setText] = useState('');
  const [note, setNote] = useState('');
  const [plan, setPlan] = useState('free');
  const [isOn, setIsOn] = useState(false);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        heard('submit', { text, note, plan, isOn });
      }}
    >
      <Input name="text" value={text} onChange={(event) => setText(event.target.value)} />
      <Textarea name="note" value={note} onChange={(event) => setNote(event.target.value)} />
      <Select name="plan" value={plan} onChange={(event) => setPlan(event.target.value)}>
        <option value="free">Free</option>
        <option value="starter">Starter</option>
      </Select>
      <Checkbox label="On" name="isOn" checked={isOn} onChange={(event) => setIsOn(event.target.checked)} />
      <Input type="file" name="file" onChange={(event) => heard('file', event.target.files?.[0]?.name)} />
      <button type="button" onClick={() => heard('press', text)}>
        Press
      </button>
      <button type="submit">Send</button>
      <EarlyPresses />
    </form>
  );
}

let main: HTMLElement;

/** The page as the server sent it. Only the recorder is listening. */
function serve(page: ReactNode): void {
  main = document.createElement('main');
  main.innerHTML = renderToString(page);
  document.body.append(main);
}

/** Hydrates the page as the framework does. */
async function comeAlive(page: ReactNode): Promise<void> {
  await act(async () => hydrateRoot(main, page));
  await act(async () => vi.waitFor(() => expect(window.earlyEvents?.isAlive).toBe(true), { timeout: 60_000 }));
}

function find(selector: string): HTMLInputElement {
  const element = main.querySelector<HTMLInputElement>(selector);
  if (!element) throw new Error(selector);
  return element;
}

function type(selector: string, value: string): void {
  const control = find(selector);
  control.value = value;
  control.dispatchEvent(new Event('input', { bubbles: true }));
}

beforeEach(() => {
  heard.mockClear();
  serve(<Page />);
  // Runs the page's inline script as the browser would. The server rendered the page without a window.
  window.eval(EARLY_EVENTS_SCRIPT);
});
afterEach(() => {
  window.earlyEvents?.stop();
  main.remove();
});

it('typed texts, a choice and a tick reach their components, and survive another render', async () => {
  type('[name=text]', 'ann@example.org');
  type('[name=note]', 'two\nlines');
  find('select').value = 'starter';
  find('select').dispatchEvent(new Event('change', { bubbles: true }));
  find('[type=checkbox]').click();
  await comeAlive(<Page />);
  await act(async () => find('[type=submit]').click());
  expect(heard.mock.calls).toEqual([['submit', { text: 'ann@example.org', note: 'two\nlines', plan: 'starter', isOn: true }]]);
  expect(find('[name=text]').value).toBe('ann@example.org');
});

it('a chosen file is reported once', async () => {
  const control = find('[type=file]');
  Object.defineProperty(control, 'files', { value: [new File(['x'], 'customers.csv')] });
  control.dispatchEvent(new Event('change', { bubbles: true }));
  await comeAlive(<Page />);
  expect(heard.mock.calls).toEqual([['file', 'customers.csv']]);
});

it('a file chosen while React starts, before its component listens, is reported too', async () => {
  const control = find('[type=file]');
  Object.defineProperty(control, 'files', { value: [new File(['x'], 'customers.csv')] });
  window.earlyEvents?.stop();
  control.dispatchEvent(new Event('change', { bubbles: true }));
  await comeAlive(<Page />);
  expect(heard.mock.calls).toEqual([['file', 'customers.csv']]);
});

it('a pressed button is pressed again, after the texts have arrived', async () => {
  type('[name=text]', 'ann@example.org');
  find('[type=button]').click();
  await comeAlive(<Page />);
  expect(heard.mock.calls).toEqual([['press', 'ann@example.org']]);
});

it('a submitted form does not leave the page, and is submitted by its component', async () => {
  type('[name=text]', 'ann@example.org');
  find('[type=submit]').click();
  expect(heard).not.toHaveBeenCalled();
  await comeAlive(<Page />);
  expect(heard.mock.calls).toEqual([['submit', { text: 'ann@example.org', note: '', plan: 'free', isOn: false }]]);
});

/** A page whose scripts are not loaded yet only names them. jsdom would not run them, and does not have to. */
function fallAsleep(more = ''): void {
  document.head.innerHTML = '<script data-asleep="/chunk.js" id="_R_"></script>';
  main.insertAdjacentHTML('beforeend', `<a href="#more">More</a><button data-theme-switch>Theme</button>${more}`);
  window.earlyEvents?.stop();
  window.eval(EARLY_EVENTS_SCRIPT);
}
const loaded = () => document.head.querySelector<HTMLScriptElement>('script[src="/chunk.js"]');

it.each(['pointerover', 'pointerdown', 'focusin'])(
  'a page that sleeps loads its scripts at a %s on a control of React’s',
  (event) => {
    fallAsleep();
    for (const quiet of ['a', '[data-theme-switch]'])
      main.querySelector(quiet)?.dispatchEvent(new Event(event, { bubbles: true }));
    expect(loaded()).toBeNull();
    find('[type=button]').dispatchEvent(new Event(event, { bubbles: true }));
    expect(loaded()?.id).toBe('_R_');
    expect(loaded()?.async).toBe(true);
    find('[name=text]').dispatchEvent(new Event(event, { bubbles: true }));
    expect(document.scripts).toHaveLength(1);
  },
);

it.each([
  ['an error that only React can show', '<template data-dgst="1"></template>'],
  ['a choice that this browser remembers', '<div data-remembers="language"></div>'],
])('a page with %s does not sleep', (_, part) => {
  localStorage.setItem('language', 'ruby');
  fallAsleep(part);
  document.dispatchEvent(new Event('DOMContentLoaded', { bubbles: true }));
  expect(loaded()).not.toBeNull();
  localStorage.clear();
});

it('a choice that this browser does not remember lets it sleep', () => {
  fallAsleep('<div data-remembers="language"></div>');
  document.dispatchEvent(new Event('DOMContentLoaded', { bubbles: true }));
  expect(loaded()).toBeNull();
});

it('nothing is pressed twice once the page is hydrated', async () => {
  await comeAlive(<Page />);
  await act(async () => find('[type=button]').click());
  expect(heard.mock.calls).toEqual([['press', '']]);
});

// @vitest-environment jsdom
// The built script in somebody else's page, which also answers in place of the API.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WIDGET_GZIP_MAX_BYTES } from '@/lib/platform/limits';
import type {} from './main';

const BASE = 'https://verify.example';
const PUBLIC_KEY = 'evk_pub_of_a_test';

let source = '';
beforeAll(() => {
  // In a separate process, because here esbuild finds jsdom’s typed arrays instead of Node’s and refuses.
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/build-widget.ts']);
  source = readFileSync('public/widget/v1.js', 'utf8');
});

interface Asked {
  url: string;
  authorization: string | null;
  body: unknown;
}

const asked: Asked[] = [];
/** The API's next answer; a function may delay it. */
let answerWith: (signal: AbortSignal) => Promise<Response>;
const says =
  (body: object, status = 200) =>
  () =>
    Promise.resolve(Response.json(body, { status }));
const DELIVERABLE = { status: 'deliverable', reason: 'mailbox_exists', did_you_mean: null, recommendation: 'send' };
const DEAD = { status: 'undeliverable', reason: 'mailbox_not_found', did_you_mean: null, recommendation: 'do_not_send' };
const TYPO = { status: 'risky', reason: 'typo_domain', did_you_mean: 'ann@gmail.com', recommendation: 'review' };

let frame: HTMLIFrameElement;
let view: Window;
let doc: Document;
const timers: { run: () => void; afterMs: number }[] = [];

/** Each test gets a new page, because the script listens for as long as its page exists. */
beforeEach(() => {
  asked.length = 0;
  timers.length = 0;
  answerWith = says(DELIVERABLE);
  frame = document.body.appendChild(document.createElement('iframe'));
  const { contentWindow, contentDocument } = frame;
  if (contentWindow === null || contentDocument === null) throw new Error('no page');
  [view, doc] = [contentWindow, contentDocument];
  const fetch = async (url: unknown, init: RequestInit = {}) => {
    const authorization = new Headers(init.headers).get('authorization');
    asked.push({ url: String(url), authorization, body: typeof init.body === 'string' ? JSON.parse(init.body) : null });
    return answerWith(init.signal ?? new AbortController().signal);
  };
  Object.assign(view, {
    fetch,
    setTimeout: (run: () => void, afterMs: number) => timers.push({ run, afterMs }),
    clearTimeout: () => undefined,
  });
});
afterEach(() => frame.remove());

/** As a page includes it, except for the address it comes from. */
function load(attributes: Record<string, string> = {}): void {
  const script = doc.createElement('script');
  for (const [name, value] of Object.entries({ 'data-api': BASE, 'data-key': PUBLIC_KEY, ...attributes }))
    script.setAttribute(name, value);
  script.textContent = source;
  doc.head.append(script);
}

function page(field = '<input type="email" name="email" required data-email-verifier>') {
  doc.body.innerHTML = `<form><label for="email">Email</label>${field.replace('<input', '<input id="email"')}<button>Go</button></form>`;
  const input = doc.querySelector('input');
  const form = doc.querySelector('form');
  if (input === null || form === null) throw new Error('no field');
  return { input, form };
}

function leave(input: HTMLInputElement, value: string): void {
  input.focus();
  input.value = value;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.blur();
}

const message = () => doc.querySelector<HTMLElement>('.email-verifier');
const suggestion = () => doc.querySelector<HTMLButtonElement>('.email-verifier button');
const settled = (input: HTMLInputElement) =>
  new Promise<unknown>((resolve) => {
    input.addEventListener('email-verifier:result', (event) => resolve('detail' in event ? event.detail : null), {
      once: true,
    });
  });

it('is smaller than its limit over the wire', () => {
  expect(gzipSync(source, { level: 9 }).byteLength).toBeLessThan(WIDGET_GZIP_MAX_BYTES);
});

describe('a field that is left', () => {
  it('is asked about with the key, where the script came from, and not while it is typed in', async () => {
    const { input } = page();
    load({ 'data-timeout': '2000', 'data-policy': 'signup' });
    input.value = 'ann@example.com';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    expect(asked).toEqual([]);
    const found = settled(input);
    leave(input, ' ann@example.com ');
    expect(await found).toMatchObject({ email: 'ann@example.com', status: 'deliverable', failedOpen: null });
    expect(asked).toEqual([
      {
        url: `${BASE}/v1/verify/single`,
        authorization: `Bearer ${PUBLIC_KEY}`,
        body: { email: 'ann@example.com', timeout_ms: 1_700, policy: 'signup' },
      },
    ]);
    expect(message()?.textContent).toBe('');
  });

  it('is asked about once for each value', async () => {
    const { input } = page();
    load();
    const found = settled(input);
    leave(input, 'once@example.com');
    await found;
    for (let n = 0; n < 3; n++) {
      input.focus();
      input.blur();
    }
    expect(asked).toHaveLength(1);
  });

  it.each(['', 'ann', 'ann@', 'a b@example.com'])('is not asked about while the form’s own rules reject it: %j', (value) => {
    const { input } = page();
    load();
    leave(input, value);
    expect(asked).toEqual([]);
  });

  it('keeps an error that the page has set itself', () => {
    const { input } = page();
    load({ 'data-block': '' });
    input.setCustomValidity('Taken.');
    leave(input, 'ann@example.com');
    expect(asked).toEqual([]);
    expect(input.validationMessage).toBe('Taken.');
  });

  it('that a page adds later is checked too', async () => {
    doc.body.innerHTML = '';
    load();
    const { input } = page();
    await expect.poll(() => message()).not.toBeNull();
    const found = settled(input);
    leave(input, 'later@example.com');
    await found;
    expect(asked).toHaveLength(1);
  });
});

describe('what was found', () => {
  it('is announced and describes the field, beside existing descriptions', async () => {
    answerWith = says(DEAD);
    const { input } = page('<input type="email" data-email-verifier aria-describedby="hint">');
    load();
    const found = settled(input);
    leave(input, 'dead@example.com');
    await found;
    expect(message()?.getAttribute('aria-live')).toBe('polite');
    expect(message()?.getAttribute('role')).toBe('status');
    expect(input.getAttribute('aria-describedby')?.split(' ')).toEqual(['hint', message()?.id]);
    expect(message()?.textContent).toContain('does not seem to exist');
    // It is only a hint, so the form can be sent.
    expect(input.checkValidity()).toBe(true);
  });

  it('is never inside the label, where it would be a part of the field’s name', () => {
    doc.body.innerHTML = '<form><label>Email <input type="email" data-email-verifier></label></form>';
    load();
    expect(message()?.closest('label')).toBeNull();
    expect(message()?.previousElementSibling?.tagName).toBe('LABEL');
  });

  it('goes when the value changes', async () => {
    answerWith = says(DEAD);
    const { input } = page();
    load();
    const found = settled(input);
    leave(input, 'gone@example.com');
    await found;
    input.value = 'gone@example.org';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    expect(message()?.textContent).toBe('');
  });

  it('is not shown if the user typed on in the meantime', async () => {
    let answerLate: (response: Response) => void = () => undefined;
    answerWith = () => new Promise((resolve) => (answerLate = resolve));
    const { input } = page();
    load();
    leave(input, 'slow@example.com');
    input.value = 'other@example.com';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await expect.poll(() => asked).toHaveLength(1);
    answerLate(Response.json(DEAD));
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(message()?.textContent).toBe('');
  });
});

describe('a typo', () => {
  it('is corrected with one press of a button; the page is told, and the field gets the focus', async () => {
    answerWith = says(TYPO);
    const { input } = page();
    load({ 'data-text-suggest': 'Vielleicht {address}?' });
    const found = settled(input);
    leave(input, 'ann@gmial.com');
    await found;
    expect(suggestion()?.textContent).toBe('Vielleicht ann@gmail.com?');
    expect(suggestion()?.type).toBe('button');
    const heard: string[] = [];
    for (const type of ['input', 'change']) input.addEventListener(type, () => heard.push(type));
    answerWith = says(DELIVERABLE);
    const again = settled(input);
    suggestion()?.click();
    expect([input.value, heard, doc.activeElement]).toEqual(['ann@gmail.com', ['input', 'change'], input]);
    expect(await again).toMatchObject({ email: 'ann@gmail.com', status: 'deliverable' });
    expect(suggestion()).toBeNull();
  });
});

describe('it fails open', () => {
  const refusals: [string, () => Promise<Response>, string][] = [
    ['no credits', says({ code: 'insufficient_credits' }, 402), 'http_402'],
    ['a key of another page', says({ code: 'origin_not_allowed' }, 403), 'http_403'],
    ['too many', says({ code: 'rate_limited' }, 429), 'http_429'],
    ['a crash', says({}, 500), 'http_500'],
    ['no network', () => Promise.reject(new TypeError('Failed to fetch')), 'network'],
    ['not JSON', () => Promise.resolve(new Response('<html>')), 'network'],
    ['another JSON', says([]), 'network'],
    ['a pending answer', says({ status: 'pending', reason: null, did_you_mean: null, recommendation: null }, 202), 'timeout'],
  ];
  it.each(refusals)('%s', async (_, respond, failedOpen) => {
    answerWith = respond;
    const { input } = page();
    load({ 'data-block': '' });
    const found = settled(input);
    leave(input, 'open@example.com');
    expect(await found).toMatchObject({ failedOpen, status: 'unknown' });
    expect([input.checkValidity(), message()?.textContent]).toEqual([true, '']);
  });

  it('at the end of its time, whatever happened to fetch', async () => {
    let isAborted = false;
    answerWith = (signal) => {
      signal.addEventListener('abort', () => (isAborted = true));
      return new Promise(() => undefined);
    };
    const { input } = page();
    load({ 'data-timeout': '700' });
    const found = settled(input);
    leave(input, 'slow@example.com');
    expect(timers.map(({ afterMs }) => afterMs)).toEqual([700]);
    timers[0]?.run();
    expect(await found).toMatchObject({ failedOpen: 'timeout' });
    expect(isAborted).toBe(true);
  });

  it('without a key nobody is asked', async () => {
    const { input } = page();
    load({ 'data-key': '' });
    const found = settled(input);
    leave(input, 'ann@example.com');
    expect(await found).toMatchObject({ failedOpen: 'no_key' });
    expect(asked).toEqual([]);
  });
});

describe('a form', () => {
  /** Counts how often the form was really sent. */
  function counted(form: HTMLFormElement): () => number {
    let sent = 0;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      sent++;
    });
    return () => sent;
  }

  it('is never held up where it is not told to block', () => {
    answerWith = () => new Promise(() => undefined);
    const { input, form } = page();
    load();
    const sent = counted(form);
    input.value = 'ann@example.com';
    form.requestSubmit();
    expect(sent()).toBe(1);
  });

  it('that blocks waits for the answer when it is sent at once, and then goes, once', async () => {
    const { input, form } = page();
    load({ 'data-block': '' });
    const sent = counted(form);
    input.value = 'enter@example.com';
    form.requestSubmit();
    form.requestSubmit();
    expect(sent()).toBe(0);
    await expect.poll(() => sent()).toBe(1);
    expect(asked).toHaveLength(1);
  });

  it('that blocks is stopped by a dead address, as an error of the field, until the value changes', async () => {
    answerWith = says(DEAD);
    const { input, form } = page('<input type="email" data-email-verifier data-block aria-invalid="false">');
    load();
    const sent = counted(form);
    const found = settled(input);
    input.value = 'dead2@example.com';
    form.requestSubmit();
    await found;
    form.requestSubmit();
    expect(sent()).toBe(0);
    expect([input.validationMessage, input.getAttribute('aria-invalid')]).toEqual([
      'This mailbox does not seem to exist. Please check the address.',
      'true',
    ]);
    input.value = 'ann@example.com';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    expect([input.checkValidity(), input.getAttribute('aria-invalid')]).toEqual([true, 'false']);
  });

  it('that blocks is sent when there is no verdict', async () => {
    answerWith = says({}, 503);
    const { input, form } = page();
    load({ 'data-block': '' });
    const sent = counted(form);
    input.value = 'open2@example.com';
    form.requestSubmit();
    await expect.poll(() => sent()).toBe(1);
  });
});

describe('by hand', () => {
  it('a field is attached and detached, and an address is checked', async () => {
    answerWith = says(DEAD);
    const { input } = page('<input type="text">');
    load();
    expect(message()).toBeNull();
    const detach = view.EmailVerifier?.attach(input, { texts: { undeliverable: 'No.' } });
    const found = settled(input);
    leave(input, 'hand@example.com');
    await found;
    expect(message()?.textContent).toBe('No.');
    detach?.();
    expect([message(), input.getAttribute('aria-describedby')]).toEqual([null, null]);
    expect(await view.EmailVerifier?.check(' dead3@example.com ')).toMatchObject({
      email: 'dead3@example.com',
      status: 'undeliverable',
    });
  });
});

// The form widget: `<script src="…/widget/v1.js" data-key="evk_pub_…" defer></script>` and `data-email-verifier` on a field. Attributes of
// the script (`data-timeout`, `data-block`, `data-policy`, `data-message`, `data-text-…`) apply to every field; those of a field override
// them for that field. `window.EmailVerifier` does the same from code. It adds no styles and no inline handlers, so it works under a strict
// content security policy.
import { type Answer, ask, type Question } from './ask';
import { Field, type Texts } from './field';

export interface WidgetOptions {
  key?: string;
  timeoutMs?: number;
  policy?: string;
  block?: boolean;
  texts?: Partial<Texts>;
  /** Id of the element for the message. */
  message?: string;
}

export interface EmailVerifierApi {
  /** Returns a function that undoes it. */
  attach: (input: HTMLInputElement, options?: WidgetOptions) => () => void;
  check: (email: string, options?: WidgetOptions) => Promise<Answer>;
}

declare global {
  interface Window {
    EmailVerifier?: EmailVerifierApi;
  }
}

const SELECTOR = 'input[data-email-verifier]';
const TIMEOUT_MS = { least: 500, usual: 3_000, most: 30_000 };
/** How many answers are kept while the page is open. */
const REMEMBERED = 50;
const TEXTS: Texts = {
  suggest: 'Did you mean {address}?',
  undeliverable: 'This mailbox does not seem to exist. Please check the address.',
  disposable: 'This is a disposable address. Please use one that you keep.',
  refused: 'Please use another address.',
};

const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;
/** The script's own address, unless data-api says where the API is. */
const from = script?.dataset.api ?? script?.src ?? '';
const base = new URL(from === '' ? location.href : from).origin;
const fields = new WeakMap<Element, Field>();
const answers = new Map<string, Promise<Answer>>();

function optionsOf({ dataset }: HTMLElement): WidgetOptions {
  const { key, timeout, policy, block, message } = dataset;
  const text = (name: string) => dataset[`text${name}`];
  const texts = {
    suggest: text('Suggest'),
    undeliverable: text('Undeliverable'),
    disposable: text('Disposable'),
    refused: text('Refused'),
  };
  const timeoutMs = Number(timeout);
  return {
    ...(key !== undefined && { key }),
    ...(timeoutMs > 0 && { timeoutMs }),
    ...(policy !== undefined && { policy }),
    ...(block !== undefined && { block: block !== 'false' }),
    ...(message !== undefined && { message }),
    texts: Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined)),
  };
}

const page: WidgetOptions = script === null ? {} : optionsOf(script);

function questionOf({ key = '', timeoutMs = TIMEOUT_MS.usual, policy = '' }: WidgetOptions): Question {
  return { key, base, policy, timeoutMs: Math.min(TIMEOUT_MS.most, Math.max(TIMEOUT_MS.least, timeoutMs)) };
}

/** Asks about each address once, unless there was no verdict. */
function askOnce(email: string, question: Question): Promise<Answer> {
  if (question.key === '') console.warn('EmailVerifier: data-key is missing, so nothing is checked.');
  const name = `${question.key} ${question.policy} ${email}`;
  const known = answers.get(name);
  if (known !== undefined) return known;
  const asked = ask(email, question).then((answer) => {
    if (answer.failedOpen !== null) answers.delete(name);
    return answer;
  });
  answers.set(name, asked);
  const [oldest] = answers.keys();
  if (answers.size > REMEMBERED && oldest !== undefined) answers.delete(oldest);
  return asked;
}

function attach(input: HTMLInputElement, given: WidgetOptions = {}): () => void {
  const own = optionsOf(input);
  const options = { ...page, ...own, ...given, texts: { ...TEXTS, ...page.texts, ...own.texts, ...given.texts } };
  const question = questionOf(options);
  fields.get(input)?.detach();
  const field = new Field(input, {
    ask: (email) => askOnce(email, question),
    block: options.block ?? false,
    texts: options.texts,
    place: options.message === undefined ? null : document.getElementById(options.message),
  });
  fields.set(input, field);
  return () => {
    field.detach();
    if (fields.get(input) === field) fields.delete(input);
  };
}

function attachAll(root: ParentNode): void {
  for (const input of root.querySelectorAll<HTMLInputElement>(SELECTOR)) if (!fields.has(input)) attach(input);
}

/** Runs before the page's own listeners, which would send the form. */
function onSubmit(event: SubmitEvent): void {
  const form = event.target;
  if (!(form instanceof HTMLFormElement)) return;
  const isHeldUp = [...form.elements].some((element) => fields.get(element)?.holdsUp(form, event.submitter) === true);
  if (!isHeldUp) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

function begin(): void {
  attachAll(document);
  // Pages rendered in the browser add their fields later.
  new MutationObserver((changes) => {
    if (changes.some(({ addedNodes }) => addedNodes.length > 0)) attachAll(document);
  }).observe(document.documentElement, { childList: true, subtree: true });
}

// A page may include the script twice.
if (window.EmailVerifier === undefined) {
  window.EmailVerifier = { attach, check: (email, given = {}) => askOnce(email.trim(), questionOf({ ...page, ...given })) };
  document.addEventListener('submit', onSubmit, true);
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
  else begin();
}

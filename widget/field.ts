// One field of a form: checks it when the user leaves it and shows the finding below it. Guarantees: the message is announced without
// moving the focus; the form's own validation is left alone (an invalid field is not checked, and the page's own message is not replaced);
// a form is held up only if told to, and only within the time budget.
import type { Answer } from './ask';

export interface Texts {
  /** `{address}` stands for the suggested address. */
  suggest: string;
  undeliverable: string;
  disposable: string;
  refused: string;
}

export interface FieldSettings {
  ask: (email: string) => Promise<Answer>;
  /** Makes a refused address an error of the form; otherwise it is only a hint. */
  block: boolean;
  texts: Texts;
  /** The element for the message; null puts it below the field. */
  place: HTMLElement | null;
}

/** Tells the page the finding: `detail` is the answer. */
export const RESULT_EVENT = 'email-verifier:result';

const HAS_TWO_SIDES = /.@./;
let made = 0;

export class Field {
  readonly #input: HTMLInputElement;
  readonly #settings: FieldSettings;
  readonly #message: HTMLElement;
  readonly #isOurPlace: boolean;
  readonly #listening = new AbortController();
  /** The last answer, with the value that it is about. */
  #answer: Answer | null = null;
  /** Set while the field's error is ours; holds the previous aria-invalid. */
  #blocked: { ariaInvalid: string | null } | null = null;
  #isSubmitting = false;

  constructor(input: HTMLInputElement, settings: FieldSettings) {
    this.#input = input;
    this.#settings = settings;
    this.#isOurPlace = settings.place === null;
    this.#message = settings.place ?? document.createElement('div');
    if (this.#message.id === '') this.#message.id = `email-verifier-${++made}`;
    this.#message.classList.add('email-verifier');
    this.#message.setAttribute('role', 'status');
    this.#message.setAttribute('aria-live', 'polite');
    // Inside a label, the message would become part of the field's name.
    if (this.#isOurPlace) (input.closest('label') ?? input).insertAdjacentElement('afterend', this.#message);
    this.#describe(true);
    const { signal } = this.#listening;
    input.addEventListener('blur', () => void this.check(), { signal });
    input.addEventListener('input', () => this.#clear(), { signal });
  }

  detach(): void {
    this.#listening.abort();
    this.#clear();
    this.#describe(false);
    if (this.#isOurPlace) this.#message.remove();
  }

  /** Null if there is nothing to check. */
  async check(): Promise<Answer | null> {
    const email = this.#input.value.trim();
    if (this.#answer?.email === email) return this.#answer;
    if (!this.#isReady(email)) return null;
    const answer = await this.#settings.ask(email);
    // The user has typed on in the meantime, or another check of the same value finished first.
    if (this.#input.value.trim() !== email || this.#listening.signal.aborted) return answer;
    if (this.#answer?.email === email) return this.#answer;
    this.#answer = answer;
    this.#show(answer);
    this.#input.dispatchEvent(new CustomEvent(RESULT_EVENT, { bubbles: true, detail: answer }));
    return answer;
  }

  /** True if the form has to wait. It is submitted again when there is an answer or the time is over. */
  holdsUp(form: HTMLFormElement, submitter: HTMLElement | null): boolean {
    const email = this.#input.value.trim();
    if (this.#isSubmitting) return true;
    if (!this.#settings.block || this.#answer?.email === email || !this.#isReady(email)) return false;
    this.#isSubmitting = true;
    void this.check().then(() => {
      this.#isSubmitting = false;
      if (this.#input.value.trim() === email) form.requestSubmit(submitter ?? undefined);
    });
    return true;
  }

  #isReady(email: string): boolean {
    const { disabled, readOnly, validity } = this.#input;
    return HAS_TWO_SIDES.test(email) && !disabled && !readOnly && validity.valid;
  }

  #show({ email, status, reason, recommendation, didYouMean }: Answer): void {
    const { texts, block } = this.#settings;
    const isRefused = status === 'undeliverable' || recommendation === 'do_not_send';
    const byReason = reason === 'disposable' ? texts.disposable : texts.refused;
    const problem = isRefused ? (status === 'undeliverable' ? texts.undeliverable : byReason) : '';
    const parts: (string | Node)[] = problem === '' ? [] : [problem];
    if (didYouMean !== null && didYouMean !== email) parts.push(' ', this.#suggestion(didYouMean));
    this.#message.replaceChildren(...parts);
    this.#message.dataset.status = status;
    if (!block || problem === '') return;
    this.#blocked = { ariaInvalid: this.#input.getAttribute('aria-invalid') };
    this.#input.setCustomValidity(problem);
    this.#input.setAttribute('aria-invalid', 'true');
  }

  #suggestion(address: string): HTMLElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'email-verifier-suggestion';
    button.textContent = this.#settings.texts.suggest.replace('{address}', () => address);
    button.addEventListener('click', () => this.#take(address));
    return button;
  }

  #take(address: string): void {
    // React tracks the value through its own setter on the element; setting it past that one makes React see a change.
    Reflect.set(HTMLInputElement.prototype, 'value', address, this.#input);
    this.#input.dispatchEvent(new Event('input', { bubbles: true }));
    this.#input.dispatchEvent(new Event('change', { bubbles: true }));
    this.#input.focus();
    void this.check();
  }

  #clear(): void {
    this.#answer = null;
    this.#message.replaceChildren();
    delete this.#message.dataset.status;
    if (this.#blocked === null) return;
    const { ariaInvalid } = this.#blocked;
    this.#blocked = null;
    this.#input.setCustomValidity('');
    if (ariaInvalid === null) this.#input.removeAttribute('aria-invalid');
    else this.#input.setAttribute('aria-invalid', ariaInvalid);
  }

  #describe(isOurs: boolean): void {
    const others = (this.#input.getAttribute('aria-describedby') ?? '')
      .split(/\s+/)
      .filter((id) => id !== '' && id !== this.#message.id);
    const ids = isOurs ? [...others, this.#message.id] : others;
    if (ids.length > 0) this.#input.setAttribute('aria-describedby', ids.join(' '));
    else this.#input.removeAttribute('aria-describedby');
  }
}

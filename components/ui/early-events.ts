// Input on a page that is not hydrated yet is not lost. A slow phone shows the page seconds before its scripts run. What is typed, chosen,
// pressed or submitted in that time is recorded by a small inline script and handed to the components once they listen. Links and forms
// with an `action` work without scripts and are left to the browser. React itself replays forms whose action is a function. Public pages
// sleep: their scripts are loaded only when somebody points at, focuses or presses a control that needs them (scripts/sleeping-pages.ts).

interface EarlyEvents {
  /**
   * Controls that were changed and whose component has not taken the change yet. Recording never ends, because a part of the page may be
   * hydrated late.
   */
  controls: WeakSet<EventTarget>;
  /** Buttons that were pressed and forms that were submitted, in order. */
  presses: { target: HTMLElement; submitter: HTMLElement | null }[];
  /** Called once React listens: presses are no longer recorded. */
  stop: () => void;
  /** Loads the scripts of a sleeping page. */
  wake: () => void;
  /** Recorded presses have been replayed; from now on the page answers at once. */
  isAlive: boolean;
}

declare global {
  interface Window {
    earlyEvents?: EarlyEvents;
  }
}

/** Controls that need React. The browser handles all others by itself, and theme.ts handles the theme switch. */
const WAKING = 'form, input, select, textarea, button:not([data-theme-switch], [popovertarget])';

/**
 * A part of the page that failed on the server is an error that only React can show, so such a page never sleeps. An element with
 * `data-remembers` shows a choice that this browser stores under that name. If the choice is stored, the page does not sleep either.
 */
const NEVER_ASLEEP = 'template[data-dgst]';

/** Runs inline at the top of the page, before anything can be pressed. */
export const EARLY_EVENTS_SCRIPT = `(() => {
  const controls = new WeakSet(), presses = [];
  const change = (event) => controls.add(event.target);
  const click = (event) => {
    if (event.defaultPrevented) return;
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (button !== null && button.type === 'button' && !button.disabled) presses.push({ target: button, submitter: null });
  };
  const submit = (event) => {
    if (event.target.hasAttribute('action')) return;
    event.preventDefault();
    presses.push({ target: event.target, submitter: event.submitter });
  };
  const asleep = new AbortController();
  const wake = () => {
    asleep.abort();
    if (document.readyState === 'loading') return addEventListener('DOMContentLoaded', wake, { once: true });
    for (const sleeper of document.querySelectorAll('script[data-asleep]')) {
      const script = document.createElement('script');
      Object.assign(script, { src: sleeper.dataset.asleep, async: true, id: sleeper.id });
      sleeper.replaceWith(script);
    }
  };
  const touch = ({ target }) => target instanceof Element && target.closest('${WAKING}') !== null && wake();
  for (const type of ['pointerover', 'pointerdown', 'focusin', 'change'])
    addEventListener(type, touch, { capture: true, passive: true, signal: asleep.signal });
  const remembers = ({ dataset }) => {
    try { return localStorage.getItem(dataset.remembers) !== null; } catch { return false; }
  };
  addEventListener('DOMContentLoaded', () => {
    if (document.querySelector('${NEVER_ASLEEP}') !== null || [...document.querySelectorAll('[data-remembers]')].some(remembers)) wake();
  });
  addEventListener('input', change, true);
  addEventListener('change', change, true);
  addEventListener('click', click, true);
  addEventListener('submit', submit, true);
  window.earlyEvents = {
    controls,
    presses,
    wake,
    isAlive: false,
    stop() {
      removeEventListener('click', click, true);
      removeEventListener('submit', submit, true);
    },
  };
})()`;

/**
 * Called during React's first render, when React's own listeners are in place. Between the start of the page's scripts and that moment,
 * nobody else listens.
 */
export function stopRecordingPresses(): void {
  if (typeof window !== 'undefined') window.earlyEvents?.stop();
}

/** Replays recorded presses. If the page was left in the meantime, or the button is gone, nothing happens. */
export function replayEarlyPresses(): void {
  if (window.earlyEvents) window.earlyEvents.isAlive = true;
  for (const { target, submitter } of window.earlyEvents?.presses.splice(0) ?? []) {
    if (!target.isConnected) continue;
    if (target instanceof HTMLFormElement) target.requestSubmit(submitter?.isConnected === true ? submitter : null);
    else target.click();
  }
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Tells a control's component about a change that was made before it listened. */
export function replayEarlyChange(control: Control): void {
  if (window.earlyEvents?.controls.delete(control) !== true) return;
  if (control instanceof HTMLInputElement && (control.type === 'checkbox' || control.type === 'radio')) {
    if (control.type === 'radio' && !control.checked) return;
    // The click changes it back to what was chosen.
    control.checked = !control.checked;
    control.click();
  } else if (control instanceof HTMLSelectElement || control.type === 'file') {
    control.dispatchEvent(new Event('change', { bubbles: true }));
  } else {
    changeText(control);
  }
}

/** React compares a text with the last one it saw or set, so the typed text has to look new. */
function changeText(control: HTMLInputElement | HTMLTextAreaElement): void {
  const typed = control.value;
  control.value = control.defaultValue;
  const prototype = control instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(control, typed);
  control.dispatchEvent(new Event('input', { bubbles: true }));
}

// Chooses where the focus goes when the focused element is gone: near its old place, if something there asks for it (`data-takes-focus`),
// otherwise to the title, which says which page this is.

/** `last`: the element that had the focus and its ancestors at that time, innermost first. */
export function nextFocus(last: readonly Element[]): HTMLElement | null {
  for (const element of last) {
    if (!element.isConnected) continue;
    const taker = element.querySelector<HTMLElement>('[data-takes-focus]');
    if (taker !== null) return focusable(taker);
    if (element.id === 'main') break;
  }
  const title = document.querySelector<HTMLElement>('main h1') ?? document.querySelector<HTMLElement>('main');
  return title === null ? null : focusable(title);
}

/** A title can be focused by script without becoming a stop of the Tab key. */
function focusable(element: HTMLElement): HTMLElement {
  if (element.tabIndex < 0) element.tabIndex = -1;
  return element;
}

// Where the focus goes when what had it is gone. Beside where it was, if something there asks for it (`data-takes-focus`); else the title
// of the page, which says where one is now.

/** `last`: what had the focus, and what it stood in, from the inside out, as it was then. */
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

/** A title takes focus by script, and is no stop of the Tab key. */
function focusable(element: HTMLElement): HTMLElement {
  if (element.tabIndex < 0) element.tabIndex = -1;
  return element;
}

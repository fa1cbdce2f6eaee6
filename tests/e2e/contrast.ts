// Whether text stands out from what it is drawn on. Axe needs a millisecond or two for each text, and that was most of a look at a page. But
// only how a text is drawn decides: its font, its color, and what is painted where it stands. So text that is drawn like text that passed
// is not looked at again, in whatever page, theme or width that was.
import type axeCore from 'axe-core';
import { expect, type Page } from 'playwright/test';

declare global {
  interface Window {
    axe: typeof axeCore;
  }
}

/** How the texts were drawn that passed in this Playwright worker. */
const passed = new Set<string>();

/** Axe, which the page has loaded, finds no text in this part of the page with too little contrast. */
export async function expectContrast(page: Page, part = 'html'): Promise<void> {
  const seen = await page.evaluate(lookAtNewTexts, { part, known: [...passed] });
  expect(seen.faults).toEqual([]);
  for (const how of seen.passed) passed.add(how);
}

interface Seen {
  faults: string[];
  /** How the texts that passed are drawn. Where axe could not tell, they are looked at each time. */
  passed: string[];
}

/** Runs in the page, so it can use nothing of this file. */
async function lookAtNewTexts({ part, known }: { part: string; known: string[] }): Promise<Seen> {
  const veils = new Map<Element | null, string>();
  const visible = [...document.querySelectorAll('*')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }))
    .map((element) => {
      const style = getComputedStyle(element);
      const { opacity, filter, mixBlendMode } = style;
      const own = opacity === '1' && filter === 'none' && mixBlendMode === 'normal' ? '' : `${opacity} ${filter} ${mixBlendMode}`;
      const veil = (veils.get(element.parentElement) ?? '') + own;
      veils.set(element, veil);
      return { element, style, veil };
    });
  const painted = visible
    .filter(({ element, style }) => {
      const hasBackground = !/^rgba\(.* 0\)$/.test(style.backgroundColor) || style.backgroundImage !== 'none';
      return hasBackground || element.matches('img, svg, canvas, video, iframe');
    })
    .map(({ element, style, veil }) => ({
      box: element.getBoundingClientRect(),
      how: `${element.localName} ${style.backgroundColor} ${style.backgroundImage} ${style.position} ${style.zIndex} ${veil}`,
    }));
  const drawn = new Map(
    visible
      .filter(({ element }) => isText(element) && element.closest(part) !== null)
      .map(({ element, style, veil }) => {
        const box = placeOf(element);
        const behind = painted.filter((other) => overlaps(box, other.box)).map(({ how }) => how);
        const font = `${style.color} ${style.fontSize} ${style.fontWeight} ${style.textShadow} ${veil}`;
        return [element, [font, ...behind].join('; ')];
      }),
  );

  const isKnown = new Set(known);
  const include = [...drawn].flatMap(([element, how]) => (isKnown.has(how) ? [] : [element]));
  if (include.length === 0) return { faults: [], passed: [] };
  const { violations, passes } = await window.axe.run(
    { include },
    { runOnly: ['color-contrast'], resultTypes: ['violations', 'passes'], selectors: false, elementRef: true },
  );
  return {
    faults: violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)),
    // What is hidden passes, without a ratio.
    passed: passes
      .flatMap(({ nodes }) => nodes)
      .filter(({ any }) => any.some(({ data }: { data: { contrastRatio?: number } | null }) => data?.contrastRatio !== undefined))
      .flatMap(({ element }) => (element && drawn.get(element)) ?? []),
  };

  function isText(element: Element): boolean {
    if (element.matches('input, select, textarea')) return true;
    return [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '');
  }

  /** A text can be wider than its element. */
  function placeOf(element: Element): DOMRect {
    const range = document.createRange();
    range.selectNodeContents(element);
    const content = range.getBoundingClientRect();
    return content.width > 0 ? content : element.getBoundingClientRect();
  }

  function overlaps(one: DOMRect, other: DOMRect): boolean {
    return one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;
  }
}

// The examination of a page fails for a fault of each kind, though it looks only at what it has not seen to pass: a fault is planted into a
// page that has just passed.
import { expect } from 'playwright/test';
import { inEachSize, untilAlive } from './examine';
import { test } from './visitor';

const FAINT = 'color: #888; background: #999';

/** What is added at the end of the page's `main`, and what axe calls it. */
const FAULTS = [
  ['a faint text', `<p style="${FAINT}">Faint</p>`, 'color-contrast'],
  ['one that is faint in the dark', `<style>.dark .planted { ${FAINT} }</style><p class="planted">Faint</p>`, 'color-contrast'],
  [
    'one that is faint on a phone in the light',
    `<style>@media (width < 500px) { .light .planted { ${FAINT} } }</style><p class="planted">Faint</p>`,
    'color-contrast',
  ],
  [
    'one that something is painted behind',
    '<div style="position: relative"><div style="position: absolute; inset: 0; background: #777"></div><p style="position: relative">Faint</p></div>',
    'color-contrast',
  ],
  ['a faded text', '<div style="opacity: 0.4"><p>Faint</p></div>', 'color-contrast'],
  [
    'a link in a text that looks like the text',
    '<p style="color: #111">Some words around <a href="/terms" style="color: #333; text-decoration: none">a link</a> in a text.</p>',
    'link-in-text-block',
  ],
  [
    'a button without a name on a phone',
    '<style>@media (width < 500px) { .planted span { display: none } }</style><button class="planted"><span>Menu</span></button>',
    'button-name',
  ],
] as const;

test('a fault of each kind is found in a page that passed', async ({ visitor }) => {
  await visitor.goto('/contact', { waitUntil: 'load' });
  await untilAlive(visitor);
  const plant = async (html: string) => {
    await visitor.locator('main').evaluate((main, added) => {
      const place = main.querySelector('[data-planted]') ?? main.appendChild(document.createElement('div'));
      place.toggleAttribute('data-planted', true);
      place.innerHTML = added;
    }, html);
    return 'planted';
  };
  await inEachSize(visitor, () => plant('<p>Not faint</p>'));
  for (const [what, html, rule] of FAULTS) {
    await test.step(what, async () => {
      await expect(inEachSize(visitor, () => plant(html))).rejects.toThrow(rule);
    });
  }
});

import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { BreakableName } from './breakable-name';

it.each([
  ['ann.lee@mx.example.com', 'ann|.lee@|mx|.example|.com'],
  ['http://127.0.0.1:80/hooks/crm', 'http:/|/|127.0.0.1:80/|hooks/|crm'],
  [' [198.18.0.1]', ' [198.18.0.1]'],
])('%s breaks between its words, not within an IP address', (name, broken) => {
  const shown = renderToStaticMarkup(<BreakableName name={name} />).replaceAll('<wbr/>', '|');
  expect(shown).toBe(`<span class="font-mono wrap-anywhere">${broken}</span>`);
});

import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import { DOCS, DOCS_GROUPS } from '@/content/docs/docs-pages';
import { LANGUAGES } from '@/content/docs/languages';
import snippets from '@/content/docs/snippets.json';
import { REASONS } from '@/lib/verdict/verdict';
import { CodeTabs } from './code-tabs';
import { DocsView } from './docs-view';

const ORIGIN = 'https://verifier.example';
vi.mock('next/navigation', () => ({ usePathname: () => '/docs', useRouter: () => ({}) }));

it.each(DOCS.map((page) => [page.path, page] as const))('%s has one main heading, its anchors, and its place', (path, page) => {
  const html = renderToStaticMarkup(<DocsView page={page} groups={DOCS_GROUPS} origin={ORIGIN} />);
  expect(html.match(/<h1/g)).toHaveLength(1);
  for (const { id } of page.sections) expect(html.split(` id="${id}"`)).toHaveLength(2);
  expect(html.match(/aria-current="page"/g)).toHaveLength(1);
  expect(html).toContain(`href="${path}.md"`);
  expect(html).not.toContain('](');
  for (const [head] of html.matchAll(/<th .*?<\/th>/g)) expect(head).not.toContain('`');
  const regions = [...html.matchAll(/role="region"[^>]*aria-label="([^"]+)"/g)].map(([, label]) => label);
  const names = [...regions, ...page.sections.map(({ heading }) => heading)];
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  const data: unknown = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? '');
  expect(data).toMatchObject({
    '@graph': [{ '@type': 'Article', mainEntityOfPage: `${ORIGIN}${path}` }, { '@type': 'BreadcrumbList' }],
  });
});

it('links all pages in order, forward and back', () => {
  const at = (rel: string, index: number) => {
    const page = DOCS[index];
    if (page === undefined) return null;
    const html = renderToStaticMarkup(<DocsView page={page} groups={DOCS_GROUPS} origin={ORIGIN} />);
    return [...html.matchAll(/<a [^>]*>/g)].map(([tag]) => tag).find((tag) => tag.includes(`rel="${rel}"`)) ?? null;
  };
  expect(at('prev', 0)).toBeNull();
  expect(at('next', DOCS.length - 1)).toBeNull();
  expect(at('next', 0)).toContain(`href="${DOCS[1]?.path}"`);
  expect(at('prev', 1)).toContain(`href="${DOCS[0]?.path}"`);
});

it('an example has all languages: one is shown, and without scripts all are', () => {
  const html = renderToStaticMarkup(<CodeTabs label="Verify one address" code={snippets['verify-one']} />);
  const panels = [...html.matchAll(/role="tabpanel"[^>]*class="([^"]*)"/g)].map(([, classes = '']) => classes.split(' '));
  expect(panels).toHaveLength(LANGUAGES.length);
  expect(panels.filter((classes) => !classes.includes('hidden'))).toHaveLength(1);
  for (const classes of panels) if (classes.includes('hidden')) expect(classes).toContain('[@media(scripting:none)]:block');
  expect(html.match(/aria-selected="true"/g)).toHaveLength(1);
});

it('a field with many possible values shows the first few and holds all of them, without a script', () => {
  const page = DOCS.find(({ path }) => path === '/docs/api/verify');
  if (page === undefined) throw new Error('no such page');
  const html = renderToStaticMarkup(<DocsView page={page} groups={DOCS_GROUPS} origin={ORIGIN} />);
  const [, shown = '', all = ''] =
    /<td>((?:(?!<td>).)*)<details[^>]*><summary[^>]*>All 28 values<\/summary>(.*?)<\/details>/s.exec(html) ?? [];
  expect(shown.match(/<code>/g)).toHaveLength(3);
  expect(shown).toContain('… or null');
  for (const reason of REASONS) expect(all).toContain(`<code>${reason}</code>`);
});

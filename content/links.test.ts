// Follows every link to another page of this site that is written in content, public pages and their components.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findDocsPage } from './docs/docs-pages';
import { TERMS } from './glossary/terms.data';
import { mainLinks, navigationGroups } from './site-navigation';
import { PAGES } from './site-map';
import { SHELVES } from './shelves';
import { accuracyArticle } from './accuracy-article';
import { security } from './security';
import { USE_CASE_CARDS } from './use-cases/use-case-cards';

const LINK = /\b(?:href|readMore)(?:=|: )["'](\/[^"']*)["']/g;

const files = (room: string): string[] =>
  readdirSync(room, { recursive: true, encoding: 'utf8' })
    .map((path) => join(room, path))
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path));

/** Addresses of the folders with a page or route in them; group names are not part of them. */
const routes = files('app')
  .filter((path) => /\/(page\.tsx|route\.ts)$/.test(path))
  .map((path) => ({
    path,
    address: `/${dirname(path)
      .split('/')
      .slice(1)
      .filter((part) => !part.startsWith('('))
      .join('/')}`,
  }));
const addresses = new Set([
  ...routes.map(({ address }) => address).filter((address) => !address.includes('[')),
  ...PAGES.map(({ path }) => path),
]);

/** The anchors of a page: those of its text, or those in the file that makes it. */
function anchorsOf(address: string): readonly string[] {
  if (address === '/glossary') return TERMS.map(({ slug }) => slug);
  const article = [accuracyArticle, security, ...SHELVES.flatMap(({ articles }) => articles)].find(
    ({ path }) => path === address,
  );
  const docsPage = findDocsPage(address);
  if (docsPage !== null) return docsPage.sections.map(({ id }) => id);
  if (article !== undefined) return article.sections.map(({ id }) => id);
  const file = routes.find((route) => route.address === address)?.path;
  return file === undefined ? [] : [...readFileSync(file, 'utf8').matchAll(/\bid="([^"]+)"/g)].map(([, id = '']) => id);
}

const links = [
  'content',
  'app/(marketing)',
  'app/(docs)',
  'components/marketing',
  'components/docs',
  'components/learn',
  'components/pricing',
  'components/free-verifier',
  'components/status',
]
  .flatMap(files)
  .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(LINK)].map(([, link = '']) => ({ file, link })));

it('the use case cards lead to every use case', () => {
  const shelf = SHELVES.find(({ path }) => path === '/use-cases');
  expect(USE_CASE_CARDS.map(({ path }) => path)).toEqual(shelf?.articles.map(({ path }) => path));
});

it('finds the links', () => expect(links.length).toBeGreaterThan(90));

it.each([...new Map(links.map(({ file, link }) => [link, file]))])('%s (in %s) leads to a page, and to a place on it', (link) => {
  const { pathname, hash } = new URL(link, 'https://verifier.example');
  // The API is served at both.
  expect([...addresses]).toContain(pathname.replace(/^\/v1\//, '/api/v1/'));
  if (hash !== '') expect(anchorsOf(pathname)).toContain(hash.slice(1));
});

it.each(PAGES.map(({ path }) => path))('%s has a route', (path) => {
  const served = routes.map(({ address }) => address);
  expect(served.includes(path) || served.includes(`${dirname(path)}/[slug]`)).toBe(true);
});

describe('the way to the pages', () => {
  const everywhere = navigationGroups(true).flatMap((group) => group.links.map(({ href }) => href));

  it('the phone menu has every link of the header, each once', () => {
    expect(everywhere).toEqual(
      expect.arrayContaining([
        '/use-cases/signup-forms',
        ...mainLinks(true)
          .map(({ href }) => href)
          .filter((href) => href !== '/use-cases'),
      ]),
    );
    expect(new Set(everywhere).size).toBe(everywhere.length);
  });

  it('every page is reachable from the footer, or from a page that is', () => {
    const listed = [...SHELVES.map(({ path }) => path), '/compare', '/docs', '/docs/api', '/docs/reasons'];
    const lost = PAGES.filter(
      ({ path }) => !everywhere.includes(path) && !listed.includes(dirname(path)) && path !== '/use-cases',
    );
    expect(lost).toEqual([]);
  });

  it('the sandbox is offered only if it is on', () => {
    expect(JSON.stringify([mainLinks(false), navigationGroups(false)])).not.toContain('/sandbox');
  });
});

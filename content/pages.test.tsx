import { readdirSync, readFileSync } from 'node:fs';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { PRIVATE_PATHS } from '@/app/private-paths';
import { ArticleView } from '@/components/learn/article-view';
import { ComparisonTable } from '@/components/learn/comparison-table';
import { JsonLd } from '@/components/marketing/json-ld';
import { accuracyArticle } from './accuracy-article';
import { slugOf, type Source } from './article';
import { COMPARE, COMPARISONS } from './compare/comparisons';
import { TOPIC_LABEL, TOPICS } from './compare/comparison';
import { GLOSSARY } from './glossary/glossary';
import { TERMS } from './glossary/terms.data';
import { LANDING_FAQ } from './landing-faq';
import { metadataOf, pictureOf } from './page';
import { PRICING_FAQ } from './pricing-faq';
import { READING_PATH } from './reading-path';
import { security } from './security';
import { SHELVES } from './shelves';
import { findPage, PAGES, PUBLIC_PAGES } from './site-map';
import { SANDBOX_PAGE } from './tools';
import { articleData, breadcrumbData, faqData, glossaryData, shelfData } from './structured-data';

const ORIGIN = 'https://verifier.example';
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;
const ARTICLES = [...SHELVES.flatMap((shelf) => shelf.articles.map((article) => ({ article, shelf }))), ...alone()];

function alone() {
  return [accuracyArticle, security].map((article) => ({ article, shelf: null }));
}

describe.each([...PUBLIC_PAGES, SANDBOX_PAGE].map((page) => [page.path, page] as const))('%s', (path, page) => {
  const { title, description, updated } = page;
  it('has a title and a description short enough for search results', () => {
    expect(title.length).toBeLessThanOrEqual(60);
    expect(description.length).toBeGreaterThanOrEqual(70);
    expect(description.length).toBeLessThanOrEqual(160);
  });

  it('has a plain address, says when it changed, and may be indexed', () => {
    expect(path).toMatch(/^\/$|^(\/[a-z0-9]+(-[a-z0-9]+)*)+$/);
    expect(updated).toMatch(ISO_DATE);
    expect(PRIVATE_PATHS.filter((hidden) => path.startsWith(hidden))).toEqual([]);
  });

  it('may be cached if it is a page of text, and only then', () => expect(READING_PATH.test(path)).toBe(PAGES.includes(page)));

  it('gives search engines and links its own address, and has a picture', () => {
    const metadata = metadataOf(page);
    const picture = { url: pictureOf(page), width: 1200, height: 630, alt: `Email Verifier: ${title}`, type: 'image/png' };
    expect(metadata.alternates?.canonical).toBe(path);
    expect(metadata.openGraph).toMatchObject({ url: path, title, description, images: [picture] });
    expect(findPage(path)).toBe(page);
  });
});

it('no two pages share an address, a title or a description', () => {
  for (const part of ['path', 'title', 'description'] as const) {
    const values = PUBLIC_PAGES.map((page) => page[part]);
    expect(values.filter((value, at) => values.indexOf(value) !== at)).toEqual([]);
  }
});

describe.each(ARTICLES.map(({ article, shelf }) => [article.path, article, shelf] as const))('%s', (path, article, shelf) => {
  it('is on its shelf, with unique anchors, questions, and something to do at the end', () => {
    if (shelf !== null) expect(path).toBe(`${shelf.path}/${slugOf(article)}`);
    const ids = article.sections.map(({ id }) => id);
    expect(new Set([...ids, 'sources', 'main']).size).toBe(ids.length + 2);
    expect(article.faq.length).toBeGreaterThanOrEqual(2);
    expect(article.callToAction.text).not.toBe('');
  });

  it('is rendered with one main heading, all anchors, and structured data that parses', () => {
    const html = renderToStaticMarkup(<ArticleView article={article} shelf={shelf} origin={ORIGIN} />);
    expect(html.match(/<h1/g)).toHaveLength(1);
    for (const { id } of article.sections) expect(html.split(` id="${id}"`)).toHaveLength(2);
    expect(typesIn(html)).toEqual(expect.arrayContaining(['Article', 'FAQPage', 'BreadcrumbList']));
    expect(typesIn(html).includes('HowTo')).toBe(article.howTo !== undefined);
  });

  it('says when each source that may change was read', () => {
    for (const source of article.sources) expectDated(source);
  });
});

describe.each(COMPARISONS.map((comparison) => [comparison.name, comparison] as const))(
  'the comparison with %s',
  (name, comparison) => {
    const facts = Object.values(comparison.facts);

    it('has a source and a day for each fact', () => {
      expect(facts.length).toBeGreaterThanOrEqual(4);
      for (const { text, source } of [...facts, ...comparison.better]) {
        expect(text).not.toBe('');
        expect(source.read).toMatch(ISO_DATE);
        expectDated(source);
      }
    });

    it('is fair: it says what they do better and when to choose them, and names what was not found', () => {
      expect(comparison.better.length).toBeGreaterThanOrEqual(2);
      expect(comparison.advice.them).toContain(name);
      const html = renderToStaticMarkup(<ComparisonTable comparison={comparison} />);
      for (const topic of TOPICS) expect(html).toContain(TOPIC_LABEL[topic]);
      expect(html.split('Not found on the pages we read.')).toHaveLength(TOPICS.length - facts.length + 1);
    });
  },
);

describe('the glossary', () => {
  it('begins with SMTP verification, continues alphabetically, and has at least 30 terms', () => {
    const [first, ...others] = TERMS.map(({ name }) => name);
    expect(first).toBe('SMTP verification');
    expect(others).toEqual(others.toSorted((a, b) => a.localeCompare(b, 'en')));
    expect(TERMS.length).toBeGreaterThanOrEqual(30);
  });

  it('has each term once, explained, and refers to terms that it has', () => {
    const slugs = TERMS.map(({ slug }) => slug);
    expect(new Set(slugs).size).toBe(slugs.length);
    for (const { slug, short, long, see } of TERMS) {
      expect(short.length).toBeLessThanOrEqual(160);
      expect(long.length).toBeGreaterThan(short.length);
      expect(see.filter((other) => other === slug || !slugs.includes(other))).toEqual([]);
      expect(see).not.toEqual([]);
    }
  });
});

describe('structured data', () => {
  it.each([
    ['articles', articleData(COMPARISONS[0] ?? security, COMPARE, ORIGIN)],
    ['questions', faqData([...LANDING_FAQ, ...PRICING_FAQ])],
    ['shelves', shelfData(COMPARE, COMPARISONS, ORIGIN)],
    ['terms', glossaryData(GLOSSARY, TERMS, ORIGIN)],
    ['the way down', breadcrumbData([COMPARE, security], ORIGIN)],
  ])('of %s is what was written, whatever it contains', (_, data) => {
    const [parsed] = scriptsIn(renderToStaticMarkup(<JsonLd data={data} />));
    expect(parsed).toEqual({ '@context': 'https://schema.org', ...data });
  });

  it('gives each term its own address', () => {
    expect(JSON.stringify(glossaryData(GLOSSARY, TERMS, ORIGIN))).toContain(`"@id":"${ORIGIN}/glossary#greylisting"`);
  });
});

it('the text of the pages is American English, with typographic quotes', () => {
  const words = readdirSync('content', { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !path.includes('.test.'))
    .map((path) => readFileSync(`content/${path}`, 'utf8'))
    .join('\n')
    .replaceAll(/\/\*\*.*?\*\/|^\s*\/\/.*?$/gms, '');
  expect(words.match(/\b(behaviour|colour|cancelled|labelled|whilst|organis\w*|recognis\w*|e-mails?)\b/gi)).toBeNull();
  expect(words.match(/[a-z]'[a-z]/gi)).toBeNull();
});

it('docs/voice.md states the limits that are tested here', () => {
  expect(readFileSync('docs/voice.md', 'utf8')).toContain('at most 60 characters, its description 70 to 160');
});

function expectDated({ title, url, read }: Source): void {
  expect(title).not.toBe('');
  expect(new URL(url).protocol).toBe('https:');
  if (read === null) expect(url).toMatch(/^https:\/\/www\.rfc-editor\.org\/rfc\/rfc\d+/);
  else expect(read).toMatch(ISO_DATE);
}

function scriptsIn(html: string): unknown[] {
  return [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(([, json = '']): unknown =>
    JSON.parse(json),
  );
}

function typesIn(html: string): string[] {
  return [...JSON.stringify(scriptsIn(html)).matchAll(/"@type":"(\w+)"/g)].map(([, type = '']) => type);
}

// Structured data (schema.org) made from the same content that people read, so that the two can't drift apart. `origin` is the
// address of this site without a slash at its end.
import { PAID_PLANS } from '@/lib/accounts/rules/plans';
import { CURRENCY, PACK_IDS, PACKS } from '@/lib/billing/rules/offers';
import type { Question } from '@/components/marketing/faq';
import type { HowTo } from './article';
import type { Term } from './glossary/term';
import type { Page } from './page';

export const faqData = (questions: readonly Question[]) => ({
  '@type': 'FAQPage',
  mainEntity: questions.map((item) => ({
    '@type': 'Question',
    name: item.question,
    acceptedAnswer: { '@type': 'Answer', text: item.answer },
  })),
});

/** The path down to a page, which is the last of `pages`. */
export const breadcrumbData = (pages: readonly Page[], origin: string) => ({
  '@type': 'BreadcrumbList',
  itemListElement: pages.map(({ path, title }, index) => ({
    '@type': 'ListItem',
    position: index + 1,
    name: title,
    item: `${origin}${path}`,
  })),
});

const howToData = ({ name, steps }: HowTo) => ({
  '@type': 'HowTo',
  name,
  step: steps.map((text, index) => ({ '@type': 'HowToStep', position: index + 1, text })),
});

const textData = (page: Page, origin: string) => ({
  '@type': 'Article',
  headline: page.title,
  description: page.description,
  dateModified: page.updated,
  inLanguage: 'en-US',
  mainEntityOfPage: `${origin}${page.path}`,
  publisher: { '@type': 'Organization', name: 'Email Verifier', url: origin },
});

interface Written extends Page {
  howTo?: HowTo;
  faq: readonly Question[];
}

/** A page of text with its questions. `shelf` is the page above it, if there is one. */
export const articleData = (article: Written, shelf: Page | null, origin: string) => ({
  '@graph': [
    textData(article, origin),
    ...(article.howTo === undefined ? [] : [howToData(article.howTo)]),
    ...(article.faq.length === 0 ? [] : [faqData(article.faq)]),
    breadcrumbData(shelf === null ? [article] : [shelf, article], origin),
  ],
});

/** A page that lists others. */
export const shelfData = (shelf: Page, pages: readonly Page[], origin: string) => ({
  '@graph': [
    breadcrumbData([shelf], origin),
    {
      '@type': 'ItemList',
      itemListElement: pages.map(({ path, title }, index) => ({
        '@type': 'ListItem',
        position: index + 1,
        name: title,
        url: `${origin}${path}`,
      })),
    },
  ],
});

export const glossaryData = (page: Page, terms: readonly Term[], origin: string) => ({
  '@graph': [
    breadcrumbData([page], origin),
    {
      '@type': 'DefinedTermSet',
      '@id': `${origin}${page.path}`,
      name: page.title,
      hasDefinedTerm: terms.map(({ slug, name, short }) => ({
        '@type': 'DefinedTerm',
        '@id': `${origin}${page.path}#${slug}`,
        name,
        description: short,
        inDefinedTermSet: `${origin}${page.path}`,
      })),
    },
  ],
});

/** The product, with its price range. There are no ratings to show. */
export const productData = (page: Page, origin: string) => ({
  '@type': 'SoftwareApplication',
  name: 'Email Verifier',
  description: page.description,
  url: `${origin}${page.path}`,
  applicationCategory: 'BusinessApplication',
  operatingSystem: 'Web',
  license: 'https://opensource.org/license/mit',
  offers: {
    '@type': 'AggregateOffer',
    priceCurrency: CURRENCY.toUpperCase(),
    lowPrice: '0',
    highPrice: String(Math.max(...PACK_IDS.map((pack) => PACKS[pack].priceCents)) / 100),
    offerCount: PACK_IDS.length + PAID_PLANS.length + 1,
  },
});

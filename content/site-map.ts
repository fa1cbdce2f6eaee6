// Every public page, for sitemap.xml, for links between pages, and for the tests that check each page.
import { ACCURACY_PAGE } from './accuracy';
import { CHANGELOG } from './changelog';
import { COMPARE, COMPARISONS } from './compare/comparisons';
import { DEVELOPERS } from './developers';
import { DOCS } from './docs/docs-pages';
import { GLOSSARY } from './glossary/glossary';
import { LANDING } from './landing';
import { LEGAL_PAGES } from './legal';
import type { Page } from './page';
import { PRICING } from './pricing-faq';
import { security } from './security';
import { SHELVES } from './shelves';
import { STATUS_PAGE } from './status';
import { CONTACT } from './support';
import { SANDBOX_PAGE, WIDGET } from './tools';

/** Pages that depend on the visitor, or whose content changes with the product. */
export const LIVELY_PAGES: readonly Page[] = [LANDING, PRICING, STATUS_PAGE, WIDGET];

/** Pages of text. */
export const PAGES: readonly Page[] = [
  ...SHELVES.flatMap((shelf): readonly Page[] => [shelf, ...shelf.articles]),
  ...DOCS,
  DEVELOPERS,
  GLOSSARY,
  ACCURACY_PAGE,
  COMPARE,
  ...COMPARISONS,
  CHANGELOG,
  security,
  CONTACT,
  ...LEGAL_PAGES,
];

export const PUBLIC_PAGES: readonly Page[] = [...LIVELY_PAGES, ...PAGES];

/** By path. The sandbox is added here, because not every installation has it. */
export const findPage = (path: string): Page | null => [...PUBLIC_PAGES, SANDBOX_PAGE].find((page) => page.path === path) ?? null;

// Every page of text there is: for sitemap.xml, for links between pages, and for the tests that hold each to its rules.
import { ACCURACY_PAGE } from './accuracy';
import { CHANGELOG } from './changelog';
import { COMPARE, COMPARISONS } from './compare/comparisons';
import { DOCS } from './docs/docs-pages';
import { GLOSSARY } from './glossary/glossary';
import { LEGAL_PAGES } from './legal';
import type { Page } from './page';
import { security } from './security';
import { SHELVES } from './shelves';
import { CONTACT } from './support';

export const PAGES: readonly Page[] = [
  ...SHELVES.flatMap((shelf): readonly Page[] => [shelf, ...shelf.articles]),
  ...DOCS,
  GLOSSARY,
  ACCURACY_PAGE,
  COMPARE,
  ...COMPARISONS,
  CHANGELOG,
  security,
  CONTACT,
  ...LEGAL_PAGES,
];

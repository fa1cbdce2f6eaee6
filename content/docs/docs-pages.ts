// Every page of the documentation, in the order of its navigation. A new page is one file and one line here.
import { apiReference, apiReferencePages } from './api-reference';
import { authentication } from './authentication';
import { cli } from './cli';
import type { DocsGroup, DocsPage } from './docs-page';
import { errors } from './errors';
import { idempotency } from './idempotency';
import { limits } from './limits';
import { lists } from './lists';
import { mcp } from './mcp';
import { migrationGuides } from './migration';
import { quickStart } from './quick-start';
import { reasonPages, reasonsOverview } from './reasons';
import { recipePages } from './recipes';
import { results } from './results';
import { sdks } from './sdks';
import { selfHosting } from './self-hosting';
import { testMode } from './test-mode';
import { verify } from './verify';
import { webhooks } from './webhooks';
import { widget } from './widget';

export const DOCS_GROUPS: readonly DocsGroup[] = [
  { title: 'Get started', pages: [quickStart, authentication, testMode] },
  { title: 'Verify', pages: [verify, lists, results, webhooks] },
  { title: 'Errors and limits', pages: [errors, limits, idempotency] },
  { title: 'API reference', pages: [apiReference, ...apiReferencePages] },
  { title: 'Tools', pages: [sdks, cli, mcp, widget] },
  { title: 'Recipes', pages: recipePages },
  { title: 'Move from', pages: migrationGuides },
  { title: 'Deploy', pages: [selfHosting] },
  { title: 'Reasons', pages: [reasonsOverview, ...reasonPages] },
];

export const DOCS: readonly DocsPage[] = DOCS_GROUPS.flatMap(({ pages }) => pages);

export const findDocsPage = (path: string): DocsPage | null => DOCS.find((page) => page.path === path) ?? null;

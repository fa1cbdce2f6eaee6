import type { Page } from './page';

export const SANDBOX_PAGE: Page = {
  path: '/sandbox',
  title: 'Sandbox addresses',
  description: 'Addresses to try, one domain a behavior, with the verdict to expect: every answer there is, on any machine.',
  updated: '2026-11-29',
};

export const WIDGET: Page = {
  path: '/widget',
  title: 'Form widget',
  description:
    'One small script that checks email addresses in your own form, suggests what was meant, and never holds the form up.',
  updated: '2026-11-29',
};

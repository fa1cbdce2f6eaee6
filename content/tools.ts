import type { Page } from './page';

export const SANDBOX_PAGE: Page = {
  path: '/sandbox',
  title: 'Sandbox addresses',
  description: 'Addresses to try, one domain per behavior, with the verdict to expect. Every answer there is, on any machine.',
  updated: '2026-11-29',
};

export const WIDGET: Page = {
  path: '/widget',
  title: 'Form widget',
  description:
    'One small script that checks email addresses in your own form, suggests corrections, and never holds up the form.',
  updated: '2026-11-29',
};

import type { Page } from '../page';

export const GLOSSARY: Page = {
  path: '/glossary',
  title: 'Email verification glossary',
  description:
    'The words of email verification in plain language, SMTP verification first: a short definition, a longer one, and the RFC where there is one.',
  updated: '2026-11-29',
};

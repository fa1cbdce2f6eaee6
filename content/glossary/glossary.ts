import type { Page } from '../page';

export const GLOSSARY: Page = {
  path: '/glossary',
  title: 'Email verification glossary',
  description:
    'The terms of email verification in plain language, each with a short definition, a longer explanation, and the RFC if there is one.',
  updated: '2026-11-29',
};

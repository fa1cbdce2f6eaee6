// Legal pages. Their text is in app/(marketing); this is what lists and search engines show of them.
import type { Page } from './page';

export const TERMS_PAGE: Page = {
  path: '/terms',
  title: 'Terms',
  description:
    'The terms of use in plain words: the service, your account, credits, plans and payments, availability, and changes.',
  updated: '2026-11-26',
};

export const ACCEPTABLE_USE: Page = {
  path: '/acceptable-use',
  title: 'Acceptable use',
  description:
    'What the service may and may not be used for, what we do when the rules are broken, and a word to operators of mail servers.',
  updated: '2026-11-23',
};

export const PRIVACY: Page = {
  path: '/privacy',
  title: 'Privacy',
  description:
    'What is kept about you and about the addresses you check, why, and for how long. No trackers, no advertising, no sale of data.',
  updated: '2026-11-30',
};

export const DPA: Page = {
  path: '/dpa',
  title: 'Data processing agreement',
  description:
    'A template for the agreement under which addresses are processed for you: subject, duties, security, sub-processors and deletion.',
  updated: '2026-11-29',
};

export const SUB_PROCESSORS: Page = {
  path: '/sub-processors',
  title: 'Sub-processors',
  description:
    'Who processes personal data on behalf of this service, for what, and where: a template that the operator completes.',
  updated: '2026-11-29',
};

export const LEGAL_PAGES: readonly Page[] = [TERMS_PAGE, ACCEPTABLE_USE, PRIVACY, DPA, SUB_PROCESSORS];

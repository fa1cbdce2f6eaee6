import type { Page } from './page';

export const CONTACT: Page = {
  path: '/contact',
  title: 'Contact and support',
  description:
    'How to reach the people who run this installation: questions, billing, security reports, abuse, and requests about your data.',
  updated: '2026-11-29',
};

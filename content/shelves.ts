import type { Shelf } from './article';
import { bestPractices } from './learn/best-practices';
import { howItWorks } from './learn/how-it-works';
import { smtpVerification } from './learn/smtp-verification';
import { whatIsEmailVerification } from './learn/what-is-email-verification';
import { agencies } from './use-cases/agencies';
import { crmHygiene } from './use-cases/crm-hygiene';
import { listCleaning } from './use-cases/list-cleaning';
import { signupForms } from './use-cases/signup-forms';

export const LEARN: Shelf = {
  path: '/learn',
  title: 'Learn',
  description:
    'How email verification works, what mail servers say, and how to keep a list healthy. One question a page, with sources.',
  updated: '2026-11-29',
  lead: 'How email verification works and how to use it well. One question a page.',
  articles: [whatIsEmailVerification, howItWorks, smtpVerification, bestPractices],
};

export const USE_CASES: Shelf = {
  path: '/use-cases',
  title: 'Use cases',
  description:
    'Where email verification helps: signup forms, list cleaning, CRM hygiene, and the work of agencies. What to call, what to do, what it costs.',
  updated: '2026-11-29',
  lead: 'Four places where verification pays for itself, and how to do it in each.',
  articles: [signupForms, listCleaning, crmHygiene, agencies],
};

export const SHELVES: readonly Shelf[] = [LEARN, USE_CASES];

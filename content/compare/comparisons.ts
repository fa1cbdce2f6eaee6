import type { Page } from '../page';
import type { Comparison } from './comparison';
import { emailable } from './emailable';
import { kickbox } from './kickbox';
import { neverbounce } from './neverbounce';
import { reacher } from './reacher';
import { zerobounce } from './zerobounce';

export const COMPARE: Page = {
  path: '/compare',
  title: 'Email Verifier compared',
  description:
    'How Email Verifier differs from ZeroBounce, NeverBounce, Kickbox, Emailable and Reacher. Each fact has its source and the day we read it.',
  updated: '2026-11-29',
};

export const COMPARISONS: readonly Comparison[] = [zerobounce, neverbounce, kickbox, emailable, reacher];

/** The address of the guide for those who move from this service to ours. */
export const migrationPathOf = ({ path }: Comparison): string => `/docs/from-${path.slice(path.lastIndexOf('/') + 1)}`;

export const findComparison = (slug: string): Comparison | null =>
  COMPARISONS.find(({ path }) => path === `${COMPARE.path}/${slug}`) ?? null;

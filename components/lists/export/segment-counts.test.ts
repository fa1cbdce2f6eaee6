import { expect, it } from 'vitest';
import type { ListProgress } from '@/lib/lists/rules/view';
import { segmentCounts } from './segment-counts';

const progress: ListProgress = {
  processed: 11,
  total: 20,
  counts: { deliverable: 5, risky: 3, unknown: 2, undeliverable: 1 },
  countsByGrade: { likely: 0, uncertain: 2, unlikely: 0 },
  countsByReason: { mailbox_exists: 5, catch_all: 2, disposable: 1, greylisted: 2, no_mx: 1 },
  retrying: 0,
  retryingNextAt: null,
  retryingUntil: null,
  rateASecond: null,
  etaS: null,
  credits: { held: 0, captured: 0, released: 0 },
};

it('counts every final address once, in the segment that the list’s policy gives it', () => {
  const of = (policy: 'newsletter' | 'signup') =>
    Object.fromEntries(segmentCounts({ policy, progress }).map(({ segment, addresses }) => [segment, addresses]));
  expect(of('newsletter')).toEqual({ all: 11, send: 5, review: 2, do_not_send: 2, retry: 2 });
  expect(of('signup')).toEqual({ all: 11, send: 9, review: 0, do_not_send: 2, retry: 0 });
});

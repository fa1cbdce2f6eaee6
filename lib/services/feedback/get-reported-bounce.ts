// Whether a hard bounce of this mailbox was reported, and what was given back for it: what the page of an answer shows.
import { findTold, type ToldOutcome } from '@/lib/data/feedback';
import type { Scope } from '@/lib/data/scope';
import { addressKeyOf } from './address-key';
import { findJudged, type JudgedTarget } from './find-judged';

/** Null where no bounce was reported. */
export async function getReportedBounce(scope: Scope, target: JudgedTarget): Promise<Pick<ToldOutcome, 'credits'> | null> {
  const verdict = await findJudged(scope, target);
  const told = verdict && (await findTold(scope, { addressKey: addressKeyOf(scope, verdict), outcome: 'hard_bounce' }));
  return told && { credits: told.credits };
}

// What each grade of a catch-all answer means, in words for people.
import type { Grade } from '@/lib/verdict/grade';

export const GRADE_LABEL: Record<Grade, string> = { likely: 'Likely', uncertain: 'Uncertain', unlikely: 'Unlikely' };

export const GRADE_MEANING: Record<Grade, string> = {
  likely: 'an estimate that this mailbox exists, although the server’s yes proves nothing',
  uncertain: 'what is known points neither way strongly enough for an estimate',
  unlikely: 'an estimate that this mailbox does not exist, although the server said yes',
};

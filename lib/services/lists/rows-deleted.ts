// The refusal of whatever needs rows that are deleted; it says since when.
import type { ListView } from '@/lib/domain/list-view';
import { fail } from '@/lib/errors';

export const rowsDeleted = ({ expiresAt }: ListView): ReturnType<typeof fail> =>
  fail('gone', {
    detail: `The rows of this list were deleted${expiresAt === null ? '' : ` on ${expiresAt.slice(0, 10)}`}; its totals stay.`,
  });

// The refusal of a list that is in a state which does not allow what was asked: it names the state.
import type { ListState } from '@/lib/domain/list';
import { fail } from '@/lib/errors';

export const stateConflict = (state: ListState, asked: string): ReturnType<typeof fail> =>
  fail('job_state_conflict', { detail: `The list is ${state}, so it can't be ${asked}.` });

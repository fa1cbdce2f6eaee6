// Why a file can't be read as a list: a code, and the sentence that its owner reads. The readers throw it, and it is caught once, where
// the list is marked as failed.
import type { ListFailure } from '@/lib/lists/rules/list';

export class FileProblem extends Error {
  constructor(
    readonly failure: ListFailure,
    /** One sentence for people. */
    readonly detail: string,
  ) {
    super(detail);
    this.name = 'FileProblem';
  }
}

export const unreadable = (detail: string): FileProblem => new FileProblem('unreadable_file', detail);

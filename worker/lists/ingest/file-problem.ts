// A file that can't be taken as a list: the word and the sentence that its owner reads. Thrown by the readers, wherever they find out,
// and caught once, where the list is failed with it.
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

// Announces the progress of lists to those who watch: at once, and then at most so often a second and list; what comes in between is
// announced at the end of the pause, so that the last status is always told. A notice that can't be sent is not missed: the next one
// says the same.
import { announceLists } from '@/lib/lists/store/run';
import { describeError } from '@/lib/platform/errors';
import { LIST_NOTICES_A_SECOND } from '@/lib/platform/limits';
import type { Log } from '@/lib/platform/log';

const PAUSE_MS = 1_000 / LIST_NOTICES_A_SECOND;

export class Notices {
  /** Lists in their pause, and whether something changed meanwhile. */
  private readonly pausing = new Map<string, boolean>();

  constructor(
    private readonly log: Log,
    private readonly announce: (ids: readonly string[]) => Promise<void> = (ids) => announceLists(ids),
  ) {}

  changed(listId: string): void {
    if (this.pausing.has(listId)) this.pausing.set(listId, true);
    else this.send(listId);
  }

  private send(listId: string): void {
    this.pausing.set(listId, false);
    this.announce([listId]).catch((error: unknown) => {
      this.log.warn({ list: listId, error: describeError(error) }, 'the progress of a list could not be announced');
    });
    setTimeout(() => {
      const isDue = this.pausing.get(listId) === true;
      this.pausing.delete(listId);
      if (isDue) this.send(listId);
    }, PAUSE_MS).unref();
  }
}

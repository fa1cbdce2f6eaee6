// Which sender (an identity with its sender) a set of mail hosts has refused lately, so that the next question there does not begin
// with it. In this process only; what a provider thinks of an identity is the shared health's to know.
import type { Clock } from '@/worker/engine/ports';
import { BoundedMap } from '../bounded-map';
import type { Sender } from '../senders';

export const REST_MS = 10 * 60_000;

const keyOf = (queue: string, { identity, mailFrom }: Sender): string =>
  JSON.stringify([queue, identity.address, identity.helo, mailFrom]);

export class IdentityRest {
  private readonly since: BoundedMap<string, number>;

  constructor(
    private readonly clock: Clock,
    maxEntries: number,
  ) {
    this.since = new BoundedMap(maxEntries);
  }

  rest(queue: string, sender: Sender): void {
    this.since.set(keyOf(queue, sender), this.clock.now());
  }

  isResting(queue: string, sender: Sender): boolean {
    // The usual case, asked for each question.
    if (this.since.size === 0) return false;
    const since = this.since.get(keyOf(queue, sender));
    return since !== undefined && this.clock.now() - since < REST_MS;
  }
}

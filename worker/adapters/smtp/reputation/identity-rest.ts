// Which persona (an identity with its sender) a set of mail hosts has refused lately, so that the next question there does not begin
// with it. In this process only; what a provider thinks of an identity is the shared health's to know.
import type { Clock } from '@/worker/engine/ports';
import { BoundedMap } from '../bounded-map';
import type { Persona } from '../senders';

export const REST_MS = 10 * 60_000;

const keyOf = (lane: string, { identity, mailFrom }: Persona): string =>
  JSON.stringify([lane, identity.address, identity.helo, mailFrom]);

export class IdentityRest {
  private readonly since: BoundedMap<string, number>;

  constructor(
    private readonly clock: Clock,
    maxEntries: number,
  ) {
    this.since = new BoundedMap(maxEntries);
  }

  rest(lane: string, persona: Persona): void {
    this.since.set(keyOf(lane, persona), this.clock.now());
  }

  isResting(lane: string, persona: Persona): boolean {
    // The usual case, asked for each question.
    if (this.since.size === 0) return false;
    const since = this.since.get(keyOf(lane, persona));
    return since !== undefined && this.clock.now() - since < REST_MS;
  }
}

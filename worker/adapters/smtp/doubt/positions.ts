// What an answer behind other recipients of a session is worth. Some hosts judge by position: the first recipient blindly, all alike after
// an acceptance or after some refusals, none beyond some number. An answer behind others is proved if the host has shown, at a position at
// least as deep, that it still gives the opposite answer. Guarantees: a few values per host, forgotten after an hour. Asks no one itself.
import { RecentMap } from '@/worker/engine/bounded-maps';
import type { Clock } from '@/worker/engine/ports';
import { isPositive, isRefusedAsUnknown, type Exchange, type Party } from '../exchange';
import type { Sender } from '../senders';
import { HOST_LESSON_MAX_AGE_MS } from '../timeouts';

/** What had been answered before in the session. */
export interface Place {
  readonly answered: number;
  readonly accepted: number;
  readonly refused: number;
}

export const FIRST: Place = { answered: 0, accepted: 0, refused: 0 };

/** A mailbox whose answer is known, from the session of `party`, and has to be repeated behind others. */
export interface Control {
  wireAddress: string;
  sender: Sender;
  party: Party;
}

export type Answered = 'accepted' | 'refused';

/** Hosts that change their mind later than this are not looked for: that would cost a control every few groups. */
const DEEPEST: Place = { answered: 60, accepted: 30, refused: 20 };

export const deeper = (known: Place | null, { answered, accepted, refused }: Place): Place => ({
  answered: Math.max(known?.answered ?? 0, answered),
  accepted: Math.max(known?.accepted ?? 0, accepted),
  refused: Math.max(known?.refused ?? 0, refused),
});

export const isWithin = ({ answered, accepted, refused }: Place, shown: Place | null): boolean =>
  shown !== null &&
  Math.min(answered, DEEPEST.answered) <= shown.answered &&
  Math.min(accepted, DEEPEST.accepted) <= shown.accepted &&
  Math.min(refused, DEEPEST.refused) <= shown.refused;

/** Many names lead to one server, and it may treat each of our identities differently. */
export const serverOf = ({ host, address, identity }: Party): string => `${identity} ${address ?? host}`;

export function answeredAs(exchange: Exchange): Answered | null {
  if (exchange.stage !== 'rcpt') return null;
  if (isPositive(exchange)) return 'accepted';
  return isRefusedAsUnknown(exchange) ? 'refused' : null;
}

/** What one server has shown to one identity. */
export class ServerPositions {
  /** How deep in a session a recipient was accepted, and refused as unknown. */
  private readonly shown: Record<Answered, Place | null> = { accepted: null, refused: null };
  private readonly controls: Record<Answered, Control | null> = { accepted: null, refused: null };
  /** Not every recipient asked first is accepted. */
  refusesFirst = false;

  /** `since`: epoch ms */
  constructor(readonly since: number) {}

  /** Notes an answer about a mailbox or a probe; only a mailbox (`control`) can be asked again. */
  note(exchange: Exchange, place: Place, control: Control | null): void {
    const answer = answeredAs(exchange);
    if (answer === null) return;
    const known = this.shown[answer];
    if (!isWithin(place, known)) this.shown[answer] = deeper(known, place);
    if (answer === 'refused' && place.answered === 0) this.refusesFirst = true;
    if (control !== null) this.controls[answer] = control;
  }

  get hasAccepted(): boolean {
    return this.shown.accepted !== null;
  }

  /** Whether the host is known to give the opposite answer there too. Nothing precedes the first recipient, so it is always proved. */
  isProved(exchange: Exchange, place: Place): boolean {
    const answer = answeredAs(exchange);
    // How hosts of providers with a card behave is known.
    if (answer === null || place.answered === 0 || exchange.party.provider !== null) return true;
    return isWithin(place, this.shown[answer === 'accepted' ? 'refused' : 'accepted']);
  }

  /** A mailbox that the host is known to answer in this way. */
  controlFor(answer: Answered): Control | null {
    return this.controls[answer];
  }
}

export class Positions {
  private readonly servers: RecentMap<string, ServerPositions>;

  constructor(
    private readonly clock: Clock,
    maxEntries: number,
  ) {
    this.servers = new RecentMap(maxEntries);
  }

  refusesFirst(at: { party: Party }): boolean {
    return at.party.provider !== null || this.at(at).refusesFirst;
  }

  /** Whether any recipient was accepted. */
  hasAccepted(at: { party: Party }): boolean {
    return this.at(at).hasAccepted;
  }

  at({ party }: { party: Party }): ServerPositions {
    const key = serverOf(party);
    const known = this.servers.get(key);
    const now = this.clock.now();
    if (known !== undefined && now - known.since < HOST_LESSON_MAX_AGE_MS) return known;
    const server = new ServerPositions(now);
    this.servers.set(key, server);
    return server;
  }
}

// What this process knows about one domain's made-up names: how many were sent, what came of them, and which is next.
import { TRANSPORT_FAILURES } from '@/lib/verdict/evidence';
import type { CatchAllFact, MailHost, CatchAllStore, ProbeClaim } from '@/lib/verdict/mail-host';
import type { CatchAllOutcome } from '@/worker/engine/ports';
import { BoundedMap } from '../../../engine/bounded-maps';
import { isPositive, moreTelling, type Exchange } from '../exchange';
import { backupsAmong } from '../places';
import type { CatchAllFound, ProbeAnswer } from './found';
import { FIRST_NAME, type NextName, isPlainName } from './probe-names';

/** A made-up name on its way, from the claim to its result. */
export interface ProbeRun {
  localPart: string;
  alone: NextName['alone'];
  isForBest: boolean;
  /** The sessions on which its mailboxes were asked may be over: ask one of the mailboxes once more before it. */
  needsCompany: boolean;
  /** How often this run may send its name to a host. */
  mostPuts: number;
  claim: ProbeClaim | null;
  /** Whether it may be sent. Questions that arrive meanwhile wait, so that they stay in order. */
  ready: Promise<boolean>;
  isReady: boolean;
  found: Promise<CatchAllFound>;
  /** The result, once it is known. */
  soFar: CatchAllFound | null;
  finish: (answer: ProbeAnswer) => void;
  /** It will not be sent. */
  abandon: (found?: CatchAllFound) => void;
}

/** What a made-up name on its way means for the next question about its domain. */
export type ProbeTurn =
  | { kind: 'known'; found: CatchAllFound }
  /** Another question's probe is on its way. */
  | { kind: 'shared'; run: ProbeRun }
  /** The caller sends this one, in the group of its mailbox. */
  | { kind: 'mine'; run: ProbeRun }
  /** If the mailbox is accepted, ask for a probe with `startSecond`. */
  | { kind: 'after_acceptance'; found: CatchAllFound };

export interface DomainState {
  next: NextName;
  /** Probes that this process has sent to a host since then. */
  puts: number;
  since: number;
  run: ProbeRun | null;
  /** Mailboxes that were refused as unknown. */
  others: Others;
  /** Half of the pair is known, and only the refusal of a mailbox with a plain name is missing. */
  isAlmostWhole: boolean;
  last: CatchAllFound | null;
  /** Replaces `last` once it is a clear yes or no: a few words instead of all its evidence, in case the store is down. */
  fact: CatchAllFact | null;
  /** Until then other workers are not asked again for a result, because no name is left (`spentUntil`) or the store knew nothing. */
  spentUntil: number;
  noFactUntil: number;
}

export const newDomainState = (now: number): DomainState => ({
  next: FIRST_NAME,
  puts: 0,
  since: now,
  run: null,
  others: new Others(),
  isAlmostWhole: false,
  last: null,
  fact: null,
  spentUntil: 0,
  noFactUntil: 0,
});

// What mailboxes refused as unknown say about their domain, besides its made-up names. Guarantees: a single one never replaces a made-up
// name, since a domain that takes every name may refuse people who left.

const OTHERS_MIN = 2;
/** Nothing was said about the name. A greylisted name gets its answer when it comes back, as long as it may be asked again. */
const SAYS_NOTHING: readonly string[] = ['rate_limited', 'temporary_failure', ...TRANSPORT_FAILURES];
const NOBODY: ReadonlyMap<string, number> = new Map();

export class Others {
  /** Their reply codes; no more than needed. */
  private refused = NOBODY;
  /** One is short and has only letters, like the second made-up name. */
  hasPlain = false;
  private onEnough: readonly (() => void)[] = [];

  refuse(localPart: string, code: number): void {
    if (this.refused.size < OTHERS_MIN) this.refused = new Map([...this.refused, [localPart, code]]);
    this.hasPlain ||= isPlainName(localPart);
    if (!this.areEnough) return;
    for (const tell of this.onEnough) tell();
    this.onEnough = [];
  }

  private get areEnough(): boolean {
    return this.refused.size >= OTHERS_MIN;
  }

  /** Resolves when there are enough to stand in for a made-up name. */
  whenEnough(): Promise<void> {
    return new Promise((resolve) => {
      if (this.areEnough) resolve();
      else this.onEnough = [...this.onEnough, resolve];
    });
  }

  /** If the made-up name got no answer, or one that is in doubt, what these mailboxes were told, whose refusals are believed. */
  insteadOf(found: CatchAllFound): CatchAllFound {
    const { outcome, isHalf = false } = found;
    const [code] = this.refused.values();
    if (outcome.kind !== 'undecided' || isHalf || code === undefined || !this.areEnough) return found;
    const { meaning, isSpent, isDoubted } = outcome;
    const isSilent = SAYS_NOTHING.includes(meaning) || (meaning === 'greylisted' && isSpent === true) || isDoubted === true;
    return isSilent ? { ...found, outcome: { kind: 'refuses_others', code } } : found;
  }
}

// What a made-up name says about a mailbox if the two were asked at mail hosts of different preference. A backup keeps mail for a better
// host that could not be reached, and most backups then take every name: its yes to a made-up name says nothing about the domain, and a
// better host's no says nothing about the backup's yes to a mailbox. Guarantees: what this leaves open is reported as the better host's
// trouble, so that it is asked again.

/** The better host said that the domain is not its own: the backup is all there is. */
const DISOWNED: readonly string[] = ['domain_not_hosted', 'relay_denied'];
type Undecided = Extract<CatchAllOutcome, { kind: 'undecided' }>;

/** The mailbox was accepted in `exchange`, after the exchanges in `noted`. */
export function sharedPlace(
  found: CatchAllFound,
  { exchange, noted, hosts }: { exchange: Exchange; noted: readonly Exchange[]; hosts: readonly MailHost[] },
): CatchAllFound {
  const { outcome } = found;
  const backups = backupsAmong(hosts);
  // A provider's hosts of any preference are one.
  if (backups === null || exchange.party.provider !== null) return found;
  const isAtBackup = backups.has(exchange.party.host);
  const isFar =
    outcome.kind === 'accepts_all'
      ? backups.has(outcome.host)
      : isAtBackup && (outcome.kind === 'refuses_others' || (outcome.kind === 'refuses_unknown' && !backups.has(outcome.host)));
  if (!isFar) return found;
  const meaning = troubleOf(noted.filter(({ party }) => !backups.has(party.host)));
  return DISOWNED.includes(meaning) ? found : { ...found, outcome: { kind: 'undecided', meaning }, isOfBackup: true };
}

function troubleOf(noted: readonly Exchange[]): Undecided['meaning'] {
  const came = noted.filter((each) => !isPositive(each)).reduce<Exchange | null>(moreTelling, null)?.came;
  if (came === undefined) return 'connect_failed';
  return came.kind === 'reply' ? came.meaning : came.failure;
}

// Stores whether a domain takes every name, and how often that was asked today. The memory version ends with the process and serves the
// command line and tests; a database version lives with the data. A store that fails costs a probe, never an answer.

export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

export function createMemoryCatchAllStore(maxEntries = 100_000): CatchAllStore {
  const facts = new BoundedMap<string, CatchAllFact>(maxEntries);
  const puts = new BoundedMap<string, number>(maxEntries);
  return {
    find: (domain) => Promise.resolve(facts.get(domain) ?? null),
    remember: (fact) => {
      facts.set(fact.domain, fact);
      return Promise.resolve();
    },
    claim: ({ domain, at, wanted, most }) => {
      const day = dayOf(at);
      const taken = puts.get(`${day} ${domain}`) ?? 0;
      const granted = Math.max(0, Math.min(wanted, most - taken));
      puts.set(`${day} ${domain}`, taken + granted);
      return Promise.resolve({ domain, day, granted });
    },
    release: ({ domain, day }, unused) => {
      puts.set(`${day} ${domain}`, Math.max(0, (puts.get(`${day} ${domain}`) ?? 0) - unused));
      return Promise.resolve();
    },
  };
}

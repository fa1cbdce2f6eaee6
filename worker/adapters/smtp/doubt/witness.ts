// Mailboxes that a host accepted a while ago. When it refuses everybody, asking them again tells whether it still means what it says.
// Guarantees: only a few are kept, only in this process, and only for hours.
import type { MailHost, Provider } from '@/lib/verdict/mail-host';
import { anonymous } from '../evidence';
import type { Exchange, Party, TlsWish } from '../exchange';
import type { Elsewhere } from '../places';
import type { Sender } from '../senders';

export interface Witness {
  localPart: string;
  domain: string;
  needsSmtpUtf8: boolean;
  hosts: readonly MailHost[];
  provider: Provider | null;
  /** The mail host that accepted it, and when. */
  host: string;
  acceptedAt: number;
}

/** With which sender and by which host the refusals were met: the witness is asked in the same way. */
export interface Refused {
  sender: Sender;
  /** Specific to each session. */
  party: Party;
  /** Key of the queue in which it was met. */
  queue: string;
}

/** The question to the witnesses, one after the other, until the caller has heard enough. */
export interface Hearing {
  witnesses: readonly Witness[];
  refused: Refused;
  /** How they are asked; each further way only if nothing was heard in the one before it. */
  ways: readonly Way[];
  /** First in a session: each of them, or the first one with the others behind it. */
  isAlone: 'no' | 'first' | 'each';
  tls: TlsWish;
  /** Epoch ms at which it began. */
  at: number;
}

export interface Way {
  sender: Sender;
  /** Where, if not where the refusals were met: a host, and the routes to the domain that are excluded. */
  elsewhere: Elsewhere | null;
}

/** What a witness was told, and in which way it was asked. */
export interface Told {
  witness: Witness;
  exchange: Exchange;
  way: Way;
}

/** Three times in the same way, then in another one if there is one. */
export const inWays = (way: Way, ...others: readonly Way[]): readonly Way[] => [way, way, way, ...others];

const LATER: readonly string[] = ['temporary_failure', 'rate_limited'];

/**
 * Nothing was heard about the witness: the host was silent or busy, or we were too late ourselves. That is no evidence for anything. A
 * greylist's "later" does not count, since it says how to come back.
 */
export const isUnheard = ({ came }: Exchange): boolean => came.kind === 'failure' || LATER.includes(came.meaning);

/** A hearing in which nothing is heard, this long after another one, is left at that: the host does not answer such questions. */
export const UNHEARD_APART_MS = 10_000;

export const meaningAtRcpt = ({ came, stage }: Exchange): string | null =>
  stage === 'rcpt' && came.kind === 'reply' ? came.meaning : null;

/** No one else's evidence may name a witness. */
export function testimonyOf(exchange: Exchange, asked: Parameters<typeof anonymous>[1]): Exchange {
  const { came, ...rest } = anonymous(exchange, asked);
  return { ...rest, came: came.kind === 'failure' ? came : { ...came, rule: 'witness' } };
}

export const WITNESS_MAX_AGE_MS = 6 * 3_600_000;
const WITNESSES_KEPT = 3;
/** A newer witness replaces the oldest at most this often. */
const RENEWED_EVERY_MS = 60_000;

const NOBODY: readonly Witness[] = [];

const areSame = (some: readonly MailHost[], others: readonly MailHost[]): boolean =>
  some.length === others.length &&
  some.every(({ name, preference, addresses }, at) => {
    const other = others[at];
    return other?.name === name && other.preference === preference && other.addresses.join() === addresses.join();
  });

/** Kept for hours and for each of thousands of hosts, so what it has in common with the one before is stored once. */
function sharing(own: Witness, before: Witness | undefined): Witness {
  const { localPart, needsSmtpUtf8, provider, acceptedAt } = own;
  const domain = before?.domain === own.domain ? before.domain : own.domain;
  const host = before?.host === own.host ? before.host : own.host;
  const hosts = before !== undefined && areSame(before.hosts, own.hosts) ? before.hosts : own.hosts;
  return { localPart, domain, needsSmtpUtf8, hosts, provider, host, acceptedAt };
}

export class Witnesses {
  /** Newest first. */
  private kept: readonly Witness[] = NOBODY;

  isWanted(now: number): boolean {
    const [newest] = this.kept;
    return newest === undefined || this.kept.length < WITNESSES_KEPT || now - newest.acceptedAt >= RENEWED_EVERY_MS;
  }

  add(witness: Witness): void {
    const others = this.kept.filter(({ localPart, domain }) => localPart !== witness.localPart || domain !== witness.domain);
    this.kept = [sharing(witness, others[0]), ...others].slice(0, WITNESSES_KEPT);
  }

  listFresh(now: number): readonly Witness[] {
    this.kept = this.kept.filter(({ acceptedAt }) => now - acceptedAt < WITNESS_MAX_AGE_MS);
    return this.kept;
  }

  remove(gone: readonly Witness[]): void {
    this.kept = this.kept.filter((witness) => !gone.includes(witness));
  }

  forgetAll(): void {
    this.kept = NOBODY;
  }
}

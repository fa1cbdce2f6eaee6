// An answer that is about to be given, and what becomes of it: the values that pass between doubt.ts and its callers.
import type { Exchange, Party } from '../exchange';
import type { Sender } from '../senders';
import type { Place } from './positions';
import type { Block } from './refusal-breaker';
import type { Hearing, Witness } from './witness';

/** An answer that is about to be given. */
export interface Weighed {
  kind: 'mailbox' | 'probe' | 'witness';
  /** Which recipient was asked for, and where. */
  whom: Pick<Witness, 'localPart' | 'domain' | 'needsSmtpUtf8' | 'hosts' | 'provider'>;
  exchange: Exchange;
  /** The sender it was asked with, and the key of its host's queue. */
  sender: Sender;
  queue: string;
  /** What had been answered before it in its session, if nothing shows yet what an answer is worth there. */
  unprovedAt: Place | null;
  /** No recipient was asked before it in its session. */
  isFirst: boolean;
}

export type Ruling =
  | { kind: 'believe' }
  | { kind: 'withhold'; testimony: readonly Exchange[]; block: Block | null }
  /** Ask with another sender, at another of its hosts or, if `at` is set, with TLS or without it as there: this sender is told no truth. */
  | { kind: 'ask_otherwise'; block: Block | null; at: Party | null }
  /** This other sender was put off, as greylists do: what it is told later counts. */
  | { kind: 'put_off'; as: Sender; exchange: Exchange }
  /** What it was told in another session counts, or that nothing was heard in one. */
  | { kind: 'instead'; exchange: Exchange }
  /** The host's answers depend on how many were asked before: use sessions of this size. */
  | { kind: 'ask_alone'; sessionSize: number }
  /** Wait for `next`. If there is a hearing, the caller holds it. */
  | { kind: 'hold'; hearing: Hearing | null; next: Promise<Ruling> };

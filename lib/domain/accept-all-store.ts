// Where it is remembered whether a domain takes every name, and how often that was asked today: what the SMTP adapter asks of a store,
// in memory or in the database. Promises no more probes a day than are granted, whoever asks.
import type { AcceptAllFact } from './mail-host';

/** What of a domain's probes of a day is ours to put. */
export interface ProbeClaim {
  domain: string;
  /** UTC, `2026-01-31` */
  day: string;
  /** 0 where others have them all. */
  granted: number;
}

export interface ClaimRequest {
  domain: string;
  /** Epoch ms; its UTC day is the one that counts. */
  at: number;
  wanted: number;
  /** A day, over all who ask. */
  most: number;
}

export interface AcceptAllStore {
  /** The last fact found out, however old. */
  find(domain: string): Promise<AcceptAllFact | null>;
  remember(fact: AcceptAllFact): Promise<void>;
  /** Takes up to `wanted` of the day's probes; whoever asks at the same time, no more than `most` are granted in all. */
  claim(request: ClaimRequest): Promise<ProbeClaim>;
  /** Gives back what was claimed and not put. */
  release(claim: ProbeClaim, unused: number): Promise<void>;
}

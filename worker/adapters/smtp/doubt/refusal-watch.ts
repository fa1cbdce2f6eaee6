// Counts what one host, or one provider, says to the mailboxes it is asked about, and tells when it has refused so many in a row that
// chance does not explain it any more: more likely we are blocked than they are gone. Promises constant work a reply and bounded
// memory; refuses to decide: a suspicion is put to the proof by the breaker.
import { getDomain } from 'tldts';

/** Fewer refusals in a row are never suspicious; where a host rarely refuses, one less is answered before a block is noticed. */
export const RUN_MIN = 3;
/**
 * A run is suspicious when chance would make it as rarely as this. Asking a witness costs one recipient, which one answer in a hundred
 * may; without a witness the suspicion is all there is.
 */
export const CHANCE_BEFORE_WITNESS = 1e-2;
export const CHANCE_ALONE = 1e-6;
/** A single domain may well consist of dead mailboxes; without a witness only refusals across so many owners are suspicious. */
export const UNRELATED_DOMAINS = 5;
/** The share of refusals follows a host that changes: what is older than about so many answers counts half. */
const ANSWERS_REMEMBERED = 2_000;

const NOBODY: readonly string[] = [];

export class RefusalWatch {
  /** Before the run. */
  private accepted = 0;
  private refused = 0;
  private run = 0;
  /** Owners of the names in the run; no more than are needed. */
  private owners: readonly string[] = NOBODY;
  /** The last name that was refused, whose owner is looked up once. */
  private last = { domain: '', owner: '' };
  /** Until the run is so long, its suspicion has been answered. */
  private clearedUpTo = 0;
  /** It refused a mailbox that it had accepted. */
  private isAlarmed = false;

  accept(): void {
    this.refused += this.run;
    this.forgetRun();
    this.accepted += 1;
    if (this.accepted + this.refused <= ANSWERS_REMEMBERED) return;
    this.accepted /= 2;
    this.refused /= 2;
  }

  refuse(domain: string): void {
    this.run += 1;
    if (this.owners.length >= UNRELATED_DOMAINS) return;
    if (domain !== this.last.domain) this.last = { domain, owner: getDomain(domain) ?? domain };
    const { owner } = this.last;
    if (!this.owners.includes(owner)) this.owners = this.owners.concat(owner);
  }

  /** Whatever the run: a mailbox that was accepted is refused now. */
  alarm(): void {
    this.isAlarmed = true;
  }

  /** Nothing can be suspicious of it yet. */
  get isRunShort(): boolean {
    return !this.isAlarmed && (this.run < RUN_MIN || this.run < this.clearedUpTo);
  }

  /** By this host's own share of refusals before the run (Laplace); one half where it was never asked before. */
  isSuspicious(hasWitness: boolean): boolean {
    if (this.isAlarmed && hasWitness) return true;
    if (this.isRunShort) return false;
    const share = (this.refused + 1) / (this.accepted + this.refused + 2);
    const chance = share ** this.run;
    return hasWitness ? chance < CHANCE_BEFORE_WITNESS : chance < CHANCE_ALONE && this.owners.length >= UNRELATED_DOMAINS;
  }

  /** The host proved honest: it is believed until the run has doubled. */
  clear(): void {
    this.clearedUpTo = this.run * 2;
    this.isAlarmed = false;
  }

  forgetRun(): void {
    this.run = 0;
    this.isAlarmed = false;
    this.clearedUpTo = 0;
    this.owners = NOBODY;
  }
}

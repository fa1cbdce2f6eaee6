// What each layer found: typed facts for `decide`, and the report that people see. A layer is `(subject, soFar, ports) → finding`. Only
// syntax, domain and mx may set `endsWith`, which ends the check early.
import type { Evidence, LayerName, LayerReport, JsonValue, LayerStatus } from '@/lib/verdict/evidence';
import type { GreylistTriplet, MailHost, Provider } from '@/lib/verdict/mail-host';
import type { Reason } from '@/lib/verdict/verdict';
import type { CatchAllOutcome, EnginePorts, ListHit, MailboxOutcome, TypoHit } from './ports';

export interface Subject {
  /** As given, trimmed. */
  email: string;
  /** Epoch ms; the hard time budget. */
  deadline: number;
  /** A greylist retry repeats its triplet. */
  triplet: GreylistTriplet | null;
  /** A single check, whose caller waits for this answer; omitted for an address of a list. */
  isSingle?: boolean;
}

export interface SyntaxFacts {
  /** As sent on the wire; null if the syntax is invalid. */
  localPart: string | null;
  /** A-label, lower case; null if the syntax is invalid. */
  domain: string | null;
  needsSmtpUtf8: boolean;
  idn: boolean;
  tagged: boolean;
  /** Local part unchanged; domain in lower case, with A-labels shown as U-labels. */
  normalized: string | null;
  /** Two addresses with the same canonical form reach the same mailbox (provider dot and tag rules). */
  canonical: string | null;
  didYouMean: string | null;
}
export interface DomainFacts {
  registrable: string | null;
}
export interface MxFacts {
  hosts: readonly MailHost[];
  implicit: boolean;
  provider: Provider | null;
}
export interface DisposableFacts {
  disposable: ListHit | null;
  relay: ListHit | null;
  typo: TypoHit | null;
}
export interface RoleFacts {
  role: ListHit | null;
  noReply: boolean;
  free: boolean;
}
export interface SmtpFacts {
  mailbox: MailboxOutcome;
  catchAll: CatchAllOutcome;
  provider: Provider | null;
  triplet: GreylistTriplet | null;
}
export interface CatchAllFacts {
  outcome: CatchAllOutcome;
}

interface FactsByLayer {
  syntax: SyntaxFacts;
  domain: DomainFacts;
  mx: MxFacts;
  disposable: DisposableFacts;
  role: RoleFacts;
  smtp: SmtpFacts;
  catch_all: CatchAllFacts;
}

export interface Finding<L extends LayerName = LayerName> {
  report: LayerReport & { name: L };
  facts: FactsByLayer[L];
  evidence: readonly Evidence[];
  /** A reason that settles the verdict now, or null. */
  endsWith: Reason | null;
}

export type Findings = { [L in LayerName]?: Finding<L> | undefined };

/** Names every layer, so that the object keeps its layout while they land; what reads it would have to know eight layouts. */
export const noFindings = (): Findings => ({
  syntax: undefined,
  domain: undefined,
  mx: undefined,
  disposable: undefined,
  role: undefined,
  smtp: undefined,
  catch_all: undefined,
});

export type Layer<L extends LayerName> = (
  subject: Subject,
  soFar: Findings,
  ports: EnginePorts,
) => Promise<Finding<L>> | Finding<L>;

interface Said<L extends LayerName> {
  status: LayerStatus;
  /** One plain sentence. */
  summary: string;
  facts: FactsByLayer[L];
  details?: Record<string, JsonValue>;
  evidence?: readonly Evidence[];
  /** Only syntax, domain and mx may end the check. */
  endsWith?: Reason | null;
}

/** Builds a finding: facts for `decide`, a report for people, evidence for both. The pipeline sets the duration. */
export function makeFinding<L extends LayerName>(name: L, said: Said<L>): Finding<L> {
  const { status, summary, facts, details = {}, evidence = [], endsWith = null } = said;
  return { report: { name, status, summary, duration_ms: 0, details }, facts, evidence, endsWith };
}

export const wholeMs = (ms: number): number => Math.max(0, Math.round(ms));

/** With how long it took, unless it says so already. The finding may be shared with other addresses, which took their own time. */
export function timedFinding<L extends LayerName>(finding: Finding<L>, ms: number): Finding<L> {
  const { report, facts, evidence, endsWith } = finding;
  const { name, status, summary, duration_ms, details } = report;
  if (duration_ms > 0 || wholeMs(ms) === 0) return finding;
  // Each field is named because this runs for every address.
  return { report: { name, status, summary, duration_ms: wholeMs(ms), details }, facts, evidence, endsWith };
}

type ReadFacts = SyntaxFacts & { localPart: string; domain: string };

const isRead = (facts: SyntaxFacts | undefined): facts is ReadFacts =>
  typeof facts?.localPart === 'string' && facts.domain !== null;

/** The mailbox that the syntax layer parsed. Throws if there is none, which is a bug in the pipeline. */
export function mailboxOf(soFar: Findings): Pick<ReadFacts, 'localPart' | 'domain' | 'needsSmtpUtf8'> {
  const facts = soFar.syntax?.facts;
  if (!isRead(facts)) throw new Error('a layer was asked about no mailbox');
  return facts;
}

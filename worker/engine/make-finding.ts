// Shapes what a layer says: facts for `decide`, a report for people, evidence for both. The pipeline stamps the time.
import type { Evidence, JsonValue, LayerName, LayerStatus } from '@/lib/verdict/evidence';
import type { Reason } from '@/lib/verdict/verdict';
import type { FactsByLayer, Finding, Findings, SyntaxFacts } from './findings';

interface Said<L extends LayerName> {
  status: LayerStatus;
  /** One plain sentence. */
  summary: string;
  facts: FactsByLayer[L];
  details?: Record<string, JsonValue>;
  evidence?: readonly Evidence[];
  /** Only syntax, domain and mx may end the work. */
  endsWith?: Reason | null;
}

export function makeFinding<L extends LayerName>(name: L, said: Said<L>): Finding<L> {
  const { status, summary, facts, details = {}, evidence = [], endsWith = null } = said;
  return { report: { name, status, summary, duration_ms: 0, details }, facts, evidence, endsWith };
}

type ReadFacts = SyntaxFacts & { localPart: string; domain: string };

const isRead = (facts: SyntaxFacts | undefined): facts is ReadFacts =>
  typeof facts?.localPart === 'string' && facts.domain !== null;

/** The mailbox that the syntax layer read. Asking for it when there is none is a bug in the pipeline. */
export function mailboxOf(soFar: Findings): Pick<ReadFacts, 'localPart' | 'domain' | 'needsSmtpUtf8'> {
  const facts = soFar.syntax?.facts;
  if (!isRead(facts)) throw new Error('a layer was asked about no mailbox');
  return facts;
}

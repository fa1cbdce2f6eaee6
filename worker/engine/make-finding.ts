// Shapes what a layer says: facts for `decide`, a report for people, evidence for both. The pipeline stamps the time.
import type { Evidence } from '@/lib/domain/evidence';
import type { JsonValue, LayerName, LayerStatus } from '@/lib/domain/layer';
import type { Reason } from '@/lib/domain/verdict';
import type { FactsByLayer, Finding, Findings } from './findings';

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

/** The mailbox that the syntax layer read. Asking for it when there is none is a bug in the pipeline. */
export function mailboxOf(soFar: Findings): { localPart: string; domain: string; needsSmtpUtf8: boolean } {
  const facts = soFar.syntax?.facts;
  if (facts === undefined || facts.localPart === null || facts.domain === null)
    throw new Error('a layer was asked about no mailbox');
  return { localPart: facts.localPart, domain: facts.domain, needsSmtpUtf8: facts.needsSmtpUtf8 };
}

// Evidence that is not an SMTP exchange: a DNS lookup, an entry in a list, or a rule about the address itself.
import type { Evidence } from '@/lib/domain/evidence';
import type { LayerName } from '@/lib/domain/layer';
import { EVIDENCE_TEXT_MAX_CHARS } from '@/lib/domain/limits';
import type { ListHit } from './ports';

const NOT_SMTP = {
  host: null,
  address: null,
  provider: null,
  identity: null,
  code: null,
  enhanced: null,
  meaning: null,
} as const;

export function dnsEvidence(layer: LayerName, text: string, span: { startedAt: number; endedAt: number }): Evidence {
  return {
    ...NOT_SMTP,
    at: new Date(span.startedAt).toISOString(),
    layer,
    stage: 'dns',
    text: text.slice(0, EVIDENCE_TEXT_MAX_CHARS),
    rule: null,
    duration_ms: Math.max(0, Math.round(span.endedAt - span.startedAt)),
  };
}

export function listEvidence(layer: LayerName, text: string, found: { hit: ListHit; at: number }): Evidence {
  const since = found.hit.since === null ? '' : `, since ${found.hit.since} or before`;
  return {
    ...NOT_SMTP,
    at: new Date(found.at).toISOString(),
    layer,
    stage: 'list',
    text: `${text}: ${found.hit.source}${since}`.slice(0, EVIDENCE_TEXT_MAX_CHARS),
    rule: found.hit.source,
    duration_ms: 0,
  };
}

/** A rule that the address itself breaks. */
export function inputEvidence(text: string, found: { rule: string; at: number }): Evidence {
  return {
    ...NOT_SMTP,
    at: new Date(found.at).toISOString(),
    layer: 'syntax',
    stage: 'input',
    text,
    rule: found.rule,
    duration_ms: 0,
  };
}

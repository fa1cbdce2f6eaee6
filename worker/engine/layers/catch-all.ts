// Layer 7: does the domain accept every name? The probe rode along with the SMTP question, so its answer is already here;
// this layer asks nobody. A remembered answer is shown with its date.
import type { Evidence } from '@/lib/domain/evidence';
import type { JsonValue, LayerStatus } from '@/lib/domain/layer';
import type { Findings, Layer } from '../findings';
import { isoOf } from '../make-evidence';
import { makeFinding } from '../make-finding';
import type { CatchAllOutcome } from '../ports';

export const catchAllLayer: Layer<'catch_all'> = (_subject, soFar) => {
  const outcome: CatchAllOutcome = soFar.smtp?.facts.catchAll ?? { kind: 'not_asked' };
  return makeFinding('catch_all', {
    ...say(outcome),
    facts: { outcome },
    details: detailsOf(outcome),
    evidence: rememberedEvidence(outcome, soFar),
  });
};

function say(outcome: CatchAllOutcome): { status: LayerStatus; summary: string } {
  switch (outcome.kind) {
    case 'accepts_all':
      return { status: 'warning', summary: 'The server also accepts a made-up name, so its yes proves nothing.' };
    case 'refuses_unknown':
      return { status: 'passed', summary: 'The server refuses a made-up name, so its yes is worth something.' };
    case 'undecided':
      return { status: 'unknown', summary: 'A made-up name got no clear answer, so we cannot tell what a yes is worth here.' };
    case 'not_asked':
      return { status: 'skipped', summary: 'Not asked: the answer about the mailbox did not need it.' };
  }
}

function detailsOf(outcome: CatchAllOutcome): Record<string, JsonValue> {
  if (outcome.kind === 'not_asked') return {};
  if (outcome.kind === 'undecided') return { meaning: outcome.meaning };
  return { checked_at: isoOf(outcome.checkedAt), remembered: outcome.remembered, code: outcome.reply.code };
}

/** An answer from memory had no exchange today: the reply of that day stands for it. */
function rememberedEvidence(outcome: CatchAllOutcome, soFar: Findings): readonly Evidence[] {
  if (outcome.kind === 'undecided' || outcome.kind === 'not_asked' || !outcome.remembered) return [];
  if (soFar.smtp?.evidence.some((item) => item.layer === 'catch_all') === true) return [];
  return [
    {
      at: isoOf(outcome.checkedAt),
      layer: 'catch_all',
      host: outcome.host,
      address: null,
      provider: soFar.smtp?.facts.provider?.id ?? null,
      identity: null,
      stage: 'rcpt',
      code: outcome.reply.code,
      enhanced: outcome.reply.enhanced,
      text: outcome.reply.text,
      meaning: outcome.kind === 'accepts_all' ? 'accepted' : 'mailbox_not_found',
      rule: 'remembered',
      duration_ms: 0,
    },
  ];
}

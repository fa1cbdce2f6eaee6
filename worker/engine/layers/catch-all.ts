// Layer 7: does the domain accept every name? The probe was sent along with the SMTP question, so its answer is already here and this layer
// asks nobody. A remembered answer is shown with its date.
import type { Evidence, JsonValue, LayerStatus } from '@/lib/verdict/evidence';
import { type Finding, type Findings, type Layer, makeFinding } from '../findings';
import { isoOf } from '../make-evidence';
import type { CatchAllOutcome } from '../ports';

const NOT_ASKED: CatchAllOutcome = { kind: 'not_asked' };
type CatchAllFinding = Finding<'catch_all'>;
/** One probe serves all addresses of its domain, so its finding is built once for those that asked, and once for those that remember. */
const known = new WeakMap<CatchAllOutcome, { asked?: CatchAllFinding; remembered?: CatchAllFinding }>();

export const catchAllLayer: Layer<'catch_all'> = (_subject, soFar) => {
  const outcome = soFar.smtp?.facts.catchAll ?? NOT_ASKED;
  const findings = known.get(outcome) ?? {};
  known.set(outcome, findings);
  if (!isFromMemory(outcome, soFar)) return (findings.asked ??= findingOf(outcome, []));
  const provider = soFar.smtp?.facts.provider?.id ?? null;
  if (findings.remembered?.evidence[0]?.provider === provider) return findings.remembered;
  findings.remembered = findingOf(outcome, [rememberedEvidence(outcome, provider)]);
  return findings.remembered;
};

function findingOf(outcome: CatchAllOutcome, evidence: readonly Evidence[]): Finding<'catch_all'> {
  const { status, summary } = say(outcome);
  return makeFinding('catch_all', { status, summary, facts: { outcome }, details: detailsOf(outcome), evidence });
}

function say(outcome: CatchAllOutcome): { status: LayerStatus; summary: string } {
  switch (outcome.kind) {
    case 'accepts_all':
      return { status: 'warning', summary: 'The server also accepts a made-up name, so acceptance proves nothing.' };
    case 'refuses_unknown':
      return { status: 'passed', summary: 'The server refuses a made-up name, so acceptance means something.' };
    case 'refuses_others':
      return {
        status: 'passed',
        summary: 'A made-up name got no clear answer, but the server refuses other mailboxes of the domain as unknown.',
      };
    case 'undecided':
      return { status: 'unknown', summary: 'A made-up name got no clear answer, so we can’t tell what acceptance means here.' };
    case 'not_asked':
      return { status: 'skipped', summary: 'Not asked: the answer about the mailbox made it unnecessary.' };
  }
}

function detailsOf(outcome: CatchAllOutcome): Record<string, JsonValue> {
  if (outcome.kind === 'not_asked') return {};
  if (outcome.kind === 'undecided') return { meaning: outcome.meaning };
  if (outcome.kind === 'refuses_others') return { code: outcome.code };
  return { checked_at: isoOf(outcome.checkedAt), remembered: outcome.remembered, code: outcome.reply.code };
}

type RememberedOutcome = Extract<CatchAllOutcome, { remembered: boolean }>;

/** The answer was remembered, and no exchange of this check shows it. */
const isFromMemory = (outcome: CatchAllOutcome, { smtp }: Findings): outcome is RememberedOutcome =>
  'remembered' in outcome && outcome.remembered && smtp?.evidence.some((item) => item.layer === 'catch_all') !== true;

/** The reply of that day. */
const rememberedEvidence = ({ kind, checkedAt, host, reply }: RememberedOutcome, provider: string | null): Evidence => ({
  at: isoOf(checkedAt),
  layer: 'catch_all',
  host,
  address: null,
  provider,
  identity: null,
  stage: 'rcpt',
  code: reply.code,
  enhanced: reply.enhanced,
  text: reply.text,
  meaning: kind === 'accepts_all' ? 'accepted' : 'mailbox_not_found',
  rule: 'remembered',
  duration_ms: 0,
  remembered: true,
});

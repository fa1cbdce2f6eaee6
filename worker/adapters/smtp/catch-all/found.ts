// What a probe, or the memory of one, says about a domain. Guarantees: only a clear yes or no to a made-up name decides; anything else is
// `undecided`, with a meaning that tells whether time or another name may help.
import type { Evidence } from '@/lib/verdict/evidence';
import type { CatchAllFact } from '@/lib/verdict/mail-host';
import type { CatchAllOutcome, Clock } from '@/worker/engine/ports';
import { redactedReply, rememberedEvidence, toEvidence } from '../evidence';
import { isPositive, type Exchange } from '../exchange';
import type { RedactReply } from '../ports';

export interface CatchAllFound {
  outcome: CatchAllOutcome;
  evidence: readonly Evidence[];
  /** If a mailbox is accepted, the other name of the pair is needed too. */
  isHalf?: boolean;
  /** The name was refused first in a session and accepted behind others: no acceptance behind others is worth anything. */
  isBySession?: boolean;
  /** A backup took it. That says nothing about the domain, and the better host has to be asked. */
  isOfBackup?: boolean;
}

export const NOT_ASKED: CatchAllFound = { outcome: { kind: 'not_asked' }, evidence: [] };
const SAYS_NO: readonly string[] = ['mailbox_not_found', 'mailbox_disabled'];
/** The same name may get another answer later. */
const SAYS_LATER: readonly string[] = ['greylisted', 'rate_limited', 'temporary_failure'];

/** Neither yes, no nor later, where a mailbox is accepted: the host may object to how the name looks. */
export const isOddRefusal = ({ stage, came }: Exchange): boolean =>
  stage === 'rcpt' &&
  came.kind === 'reply' &&
  came.meaning !== 'accepted' &&
  ![...SAYS_NO, ...SAYS_LATER].includes(came.meaning) &&
  // Our doubt is not the host's opinion.
  !isDoubted({ came });

/** Our own doubt about a host that refuses everybody. */
export const isDoubted = ({ came }: Pick<Exchange, 'came'>): boolean => came.kind === 'reply' && came.rule === 'refusals-spike';

/** Put off behind other recipients, perhaps because of them. A greylist is excluded, since it has now seen the name. */
export const isPutOffBehind = ({ exchange: { stage, came }, isFirst }: Pick<ProbeAnswer, 'exchange' | 'isFirst'>): boolean =>
  !isFirst && stage === 'rcpt' && came.kind === 'reply' && ['rate_limited', 'temporary_failure'].includes(came.meaning);

/** A probe that was asked: its name and its exchanges. */
export interface ProbeReply {
  localPart: string;
  domain: string;
  exchange: Exchange;
  noted: readonly Exchange[];
}

export interface ProbeAnswer extends ProbeReply {
  /** How often it was sent to a host. */
  puts: number;
  /** What it was told counts at its position in the session, and (`refusesFirst`) the host does not accept every first recipient. */
  isProved: boolean;
  /** No recipient was asked before it in the session. */
  isFirst: boolean;
  refusesFirst: boolean;
  /** It was answered by a mail host that is only a backup for better ones. */
  isAtBackup: boolean;
}

export function readProbe(
  { exchange, ...probe }: ProbeReply,
  { redact, clock }: { redact: RedactReply; clock: Clock },
): CatchAllFound {
  const asked = { localPart: probe.localPart, domain: probe.domain, redact };
  // The dialogue before RCPT is in the mailbox's own evidence, unless it is what went wrong.
  const noted = probe.noted.filter((each) => each.stage === 'rcpt' || !isPositive(each));
  const evidence = noted.map((each) => toEvidence(each, 'catch_all', asked));
  const { came, party } = exchange;
  if (came.kind === 'failure') return { outcome: undecidedBy(came), evidence };
  const isYes = exchange.stage === 'rcpt' && came.meaning === 'accepted';
  if (isDoubted(exchange)) return { outcome: { kind: 'undecided', meaning: came.meaning, isDoubted: true }, evidence };
  if (!isYes && !SAYS_NO.includes(came.meaning)) return { outcome: { kind: 'undecided', meaning: came.meaning }, evidence };
  const kind = isYes ? 'accepts_all' : 'refuses_unknown';
  const reply = redactedReply(came.reply, party, asked);
  return { outcome: { kind, checkedAt: clock.now(), remembered: false, reply, host: party.host }, evidence };
}

function undecidedBy({ failure, heldBack }: Extract<Exchange['came'], { kind: 'failure' }>): CatchAllOutcome {
  return { kind: 'undecided', meaning: failure, ...(heldBack === undefined ? {} : { heldBack }) };
}

/**
 * Combines the pair: a yes to either name means that nonexistent names are accepted, and only a yes overrides the refusal of the first.
 * A yes behind other recipients is worth what the host says to the same name alone.
 */
export function bothOf(first: CatchAllFound, second: CatchAllFound, { isSpent }: { isSpent: boolean }): CatchAllFound {
  const evidence = first.evidence.concat(second.evidence);
  if (first.isHalf === true && first.outcome.kind === 'accepts_all') {
    const { kind } = second.outcome;
    if (kind !== 'refuses_unknown') return { outcome: kind === 'accepts_all' ? second.outcome : first.outcome, evidence };
    return { outcome: second.outcome, evidence, isBySession: true };
  }
  const { outcome } = second.outcome.kind === 'accepts_all' || first.isHalf !== true ? second : first;
  return { outcome: outcome.kind === 'undecided' && isSpent ? { ...outcome, isSpent } : outcome, evidence };
}

export function remembered(fact: CatchAllFact): CatchAllFound {
  const reply = { code: fact.code, enhanced: fact.enhanced, text: fact.text };
  const kind = fact.catchAll ? 'accepts_all' : 'refuses_unknown';
  return {
    outcome: { kind, checkedAt: fact.checkedAt, remembered: true, reply, host: fact.host },
    evidence: [rememberedEvidence(fact)],
    isBySession: fact.isBySession,
  };
}

/** What is worth remembering of a result, if anything. */
export function factOf(
  domain: string,
  { outcome, isHalf = false, isBySession = false, isOfBackup = false }: CatchAllFound,
): CatchAllFact | null {
  if (isHalf || isOfBackup) return null;
  if (outcome.kind !== 'accepts_all' && outcome.kind !== 'refuses_unknown') return null;
  const { checkedAt, reply, host } = outcome;
  return { domain, catchAll: outcome.kind === 'accepts_all', checkedAt, ...reply, host, isBySession };
}

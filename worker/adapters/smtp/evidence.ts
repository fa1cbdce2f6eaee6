// Turns exchanges into evidence for one question: redacted, cut to size, in the order of the dialogue. Guarantees: it never contains the
// probed address or our own names and addresses, and an answer has no more items than the limit.
import { EVIDENCE_MAX_ITEMS, EVIDENCE_TEXT_MAX_CHARS } from '@/lib/platform/limits';
import type { Evidence, LayerName, SmtpReply } from '@/lib/verdict/evidence';
import type { CatchAllFact } from '@/lib/verdict/mail-host';
import { isoOf } from '@/worker/engine/make-evidence';
import type { Exchange, Party } from './exchange';
import type { RedactReply } from './ports';

export interface Asked {
  localPart: string;
  domain: string;
}

/** Never ends in half a surrogate pair. */
const cut = (text: string): string =>
  text.length <= EVIDENCE_TEXT_MAX_CHARS ? text : text.slice(0, EVIDENCE_TEXT_MAX_CHARS).replace(/[\ud800-\udbff]$/, '');

export function redactedReply(reply: SmtpReply, party: Party, asked: Asked & { redact: RedactReply }): SmtpReply {
  return { code: reply.code, enhanced: reply.enhanced, text: redactedText(reply.text, party, asked) };
}

function redactedText(text: string, { ownNames }: Party, { localPart, domain, redact }: Asked & { redact: RedactReply }): string {
  return cut(redact(text, { address: `${localPart}@${domain}`, localPart, ownNames }));
}

/**
 * Before RCPT no recipient has been named: greeting, EHLO and MAIL are the same evidence for all who share them. It is cached, because
 * redacting one item costs some 30 µs of CPU and an address shows three, while a whole address costs 116 µs in `bench pipeline`.
 */
const sharedEvidence = new WeakMap<Exchange, Evidence>();

export function toEvidence(exchange: Exchange, layer: LayerName, asked: Asked & { redact: RedactReply }): Evidence {
  if (exchange.stage === 'rcpt') return makeEvidence(exchange, layer, asked);
  const known = sharedEvidence.get(exchange);
  if (known?.layer === layer) return known;
  const evidence = makeEvidence(exchange, layer, asked);
  sharedEvidence.set(exchange, evidence);
  return evidence;
}

/** Names each field, in one order, because this runs several times per address. */
function makeEvidence(exchange: Exchange, layer: LayerName, asked: Asked & { redact: RedactReply }): Evidence {
  const { came, party } = exchange;
  const isReply = came.kind === 'reply';
  return {
    at: isoOf(exchange.at),
    layer,
    host: party.host,
    address: party.address,
    provider: party.provider,
    identity: party.identity,
    stage: exchange.stage,
    code: isReply ? came.reply.code : null,
    enhanced: isReply ? came.reply.enhanced : null,
    text: redactedText(isReply ? came.reply.text : came.detail, party, asked),
    meaning: isReply ? came.meaning : came.failure,
    rule: isReply ? came.rule : null,
    duration_ms: Math.max(0, Math.round(exchange.durationMs)),
    remembered: false,
  };
}

/** Shorter local parts are ignored, since they occur in half of all words. */
const LOCAL_PART_MIN_CHARS = 3;
const escapeForPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Makes a host's reply to one recipient fit for another's evidence: it names neither mailbox nor domain, or is not shown at all. */
export function anonymous(exchange: Exchange, { localPart, domain, redact }: Asked & { redact: RedactReply }): Exchange {
  const mask = (text: string): string => {
    const names = { address: `${localPart}@${domain}`, localPart, ownNames: exchange.party.ownNames };
    const masked = redact(text, names).replaceAll(new RegExp(escapeForPattern(domain), 'gi'), '[domain]');
    const isNamed = localPart.length >= LOCAL_PART_MIN_CHARS && masked.toLowerCase().includes(localPart.toLowerCase());
    return isNamed ? '' : masked;
  };
  const { came } = exchange;
  if (came.kind === 'failure') return { ...exchange, came: { ...came, detail: mask(came.detail) } };
  return { ...exchange, came: { ...came, reply: { ...came.reply, text: mask(came.reply.text) } } };
}

export function rememberedEvidence(fact: CatchAllFact): Evidence {
  return {
    at: new Date(fact.checkedAt).toISOString(),
    layer: 'catch_all',
    host: fact.host,
    address: null,
    provider: null,
    identity: null,
    stage: 'rcpt',
    code: fact.code,
    enhanced: fact.enhanced,
    text: cut(fact.text),
    meaning: fact.catchAll ? 'accepted' : 'mailbox_not_found',
    rule: 'remembered',
    duration_ms: 0,
    remembered: true,
  };
}

/** Keeps the last exchanges, because they are the ones that decide. */
export const boundedEvidence = (items: readonly Evidence[]): readonly Evidence[] =>
  items.length <= EVIDENCE_MAX_ITEMS ? items : items.slice(-EVIDENCE_MAX_ITEMS);

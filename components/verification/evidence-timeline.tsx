import { cn } from '@/components/ui/cn';
import type { Evidence, EvidenceStage, ReplyMeaning, TransportFailure } from '@/lib/verdict/evidence';
import { type TimedEvidence, timesOf } from './evidence-times';
import { formatDuration } from './format-duration';
import { LAYER_COPY } from './layer-copy';
import { RememberedFrom } from './remembered-from';

/** Stands in place of a rule on the catch-all answer of the day. */
const REMEMBERED = 'remembered';

const STAGE_LABEL: Record<EvidenceStage, string> = {
  dns: 'DNS',
  list: 'List',
  input: 'Address',
  connect: 'Greeting',
  helo: 'EHLO',
  starttls: 'STARTTLS',
  mail: 'MAIL FROM',
  rcpt: 'RCPT TO',
  rset: 'RSET',
  quit: 'QUIT',
};

const MEANING_LABEL: Record<ReplyMeaning | TransportFailure, string> = {
  accepted: 'accepted',
  mailbox_not_found: 'no such mailbox',
  mailbox_disabled: 'mailbox disabled',
  mailbox_full: 'mailbox full',
  greylisted: 'come back later',
  rate_limited: 'too many questions',
  sender_blocked: 'we are blocked',
  sender_rejected: 'our sender is refused',
  relay_denied: 'no relaying',
  domain_not_hosted: 'domain not hosted here',
  temporary_failure: 'temporary failure',
  policy_other: 'refused by policy',
  ambiguous: 'unclear',
  connect_failed: 'no connection',
  no_response: 'no answer',
  disconnected: 'hung up',
  smtp_protocol_error: 'not SMTP',
  timeout: 'out of time',
};

interface EvidenceTimelineProps {
  evidence: readonly Evidence[];
  /** When the check began; null where that is not known. */
  askedAt: string | null;
  /** Work goes on: more is to come. */
  isPending?: boolean;
}

/** Every exchange that led to the verdict, in order, with the other side's own words. */
export function EvidenceTimeline({ evidence, askedAt, isPending = false }: EvidenceTimelineProps) {
  if (evidence.length === 0) {
    return (
      <p className="text-table text-muted">
        {isPending
          ? 'The exchanges appear here as soon as the mail host has answered.'
          : 'No server had to be asked for this answer.'}
      </p>
    );
  }
  return (
    <ol aria-label="Evidence" className="flex flex-col divide-y divide-hairline">
      {timesOf(evidence, askedAt).map((timed, index) => (
        <EvidenceItem key={`${timed.item.at}-${index}`} timed={timed} before={evidence[index - 1] ?? null} />
      ))}
    </ol>
  );
}

/** Idle time from which the line says that we waited, as after a greylisting. */
const WAIT_SHOWN_MS = 1_500;

function EvidenceItem({ timed, before }: { timed: TimedEvidence; before: Evidence | null }) {
  const { item, waitedMs, isAgain, isOpening, earlierMs } = timed;
  const [firstLine = '', ...furtherLines] = item.text.split('\n');
  return (
    <li className="py-3 first:pt-0 last:pb-0">
      {waitedMs !== null && waitedMs >= WAIT_SHOWN_MS && (
        <p className="mb-2 text-meta font-medium text-pending">
          {formatDuration(waitedMs)} later{isAgain && ', asked again'}
        </p>
      )}
      <div className="flex items-baseline justify-between gap-x-3 text-meta text-subtle">
        <EvidenceSource
          item={item}
          isNewHost={item.host !== before?.host || item.address !== before.address || item.stage === 'connect'}
        />
        {!item.remembered && (
          <span className="shrink-0 tabular-nums" title={item.at}>
            {formatDuration(item.duration_ms)}
          </span>
        )}
      </div>
      <p className="mt-1 font-mono text-table break-words whitespace-pre-wrap">
        <ReplyCode item={item} />
        {firstLine}
        {furtherLines.length > 0 && <span className="text-muted"> {furtherLines.join(' ')}</span>}
      </p>
      <Reading item={item} />
      {item.remembered && (
        <p className="mt-0.5 text-meta text-muted">
          {isOpening ? 'On a connection open since ' : 'Remembered from '}
          <RememberedFrom iso={item.at} earlierMs={earlierMs} />
        </p>
      )}
    </li>
  );
}

function EvidenceSource({ item, isNewHost }: { item: Evidence; isNewHost: boolean }) {
  return (
    <p className="min-w-0">
      <span className="font-medium text-fg">{STAGE_LABEL[item.stage]}</span>
      {item.layer === 'catch_all' && <span> a made-up name</span>}
      {item.stage === 'list' && <span> · {LAYER_COPY[item.layer].title}</span>}
      {isNewHost && item.host !== null && <span className="font-mono break-all"> {item.host}</span>}
      {isNewHost && item.address !== null && <span className="font-mono break-all"> [{item.address}]</span>}
    </p>
  );
}

/** What the reply was taken to mean. That a greeting was friendly needs no words. */
function Reading({ item }: { item: Evidence }) {
  if (item.meaning === null || (item.meaning === 'accepted' && item.stage !== 'rcpt')) return null;
  return (
    <p className="mt-0.5 text-meta text-muted">
      Read as: {MEANING_LABEL[item.meaning]}
      {item.rule !== null && item.rule !== REMEMBERED && <span className="text-subtle"> (rule {item.rule})</span>}
    </p>
  );
}

function ReplyCode({ item }: { item: Evidence }) {
  if (item.code === null) return null;
  const tone = item.code < 400 ? 'text-deliverable' : item.code < 500 ? 'text-risky' : 'text-undeliverable';
  return (
    <span className={cn('font-semibold', tone)}>
      {item.code}
      {item.enhanced !== null && ` ${item.enhanced}`}{' '}
    </span>
  );
}

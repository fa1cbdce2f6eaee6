import { ChevronRight } from 'lucide-react';
import { BreakableName } from '@/components/ui/breakable-name';
import { cn } from '@/components/ui/cn';
import type { Evidence, EvidenceStage, LayerName, ReplyMeaning, TransportFailure } from '@/lib/verdict/evidence';
import { type EvidenceGroup, groupEvidence, speaksFor } from './evidence-sessions';
import { type TimedEvidence, timesOf } from './evidence-times';
import { formatDuration } from './format-duration';
import { LAYER_COPY } from './layer-copy';
import { RememberedFrom } from './remembered-from';

/** A catch-all answer that was remembered from earlier in the day has this word in place of a rule's name. */
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
  /** When the check began; null if unknown. */
  askedAt: string | null;
  /** The check is still running, so more evidence will come. */
  isPending?: boolean;
  /** The deciding layer: its conversation is unfolded. */
  deciding?: LayerName | null;
}

/** Every exchange that led to the verdict, in order and grouped by conversation, in the other side's own words. */
export function EvidenceTimeline({ evidence, askedAt, isPending = false, deciding = null }: EvidenceTimelineProps) {
  if (evidence.length === 0) {
    return (
      <p className="text-table text-muted">
        {isPending
          ? 'The exchanges appear here as soon as the mail host has answered.'
          : 'No server had to be asked for this answer.'}
      </p>
    );
  }
  const groups = groupEvidence(timesOf(evidence, askedAt));
  const isDecided = groups.some((group) => speaksFor(group, deciding));
  return (
    <ol aria-label="Evidence" className="flex flex-col gap-3">
      {groups.map((group, index) => (
        <li key={`${group.items[0]?.item.at ?? ''}-${index}`}>
          <Group group={group} isOpen={!isDecided || speaksFor(group, deciding)} />
        </li>
      ))}
    </ol>
  );
}

function Group({ group, isOpen }: { group: EvidenceGroup; isOpen: boolean }) {
  const { kind, host, address, items, durationMs } = group;
  return (
    <details open={isOpen} className="group/fold rounded-card border border-hairline">
      <summary className="flex flex-wrap items-start gap-x-2 rounded-card px-3 py-2.5 text-table transition-colors hover:bg-hover">
        <ChevronRight
          aria-hidden="true"
          className="mt-0.5 size-4 shrink-0 text-subtle transition-transform group-open/fold:rotate-90"
        />
        <span className="min-w-0 flex-1 basis-40">
          <span className="font-medium">{kind === 'lookup' ? 'Looked up' : 'Asked'}</span>
          {kind === 'session' && (
            <>
              {host !== null && <BreakableName name={` ${host}`} />}
              {address !== null && <BreakableName name={` [${address}]`} className="text-muted" />}
            </>
          )}
        </span>
        <span className="ml-6 shrink-0 text-meta leading-5 text-muted tabular-nums sm:ml-0">
          {items.length === 1 ? '1 exchange' : `${items.length} exchanges`}
          {durationMs !== null && ` · ${formatDuration(durationMs)}`}
        </span>
      </summary>
      <ol className="flex flex-col divide-y divide-hairline border-t border-hairline px-3 py-3">
        {items.map((timed, index) => (
          <EvidenceItem key={`${timed.item.at}-${index}`} timed={timed} />
        ))}
      </ol>
    </details>
  );
}

/** An idle time of at least this is shown as a wait, as after greylisting. */
const WAIT_SHOWN_MS = 1_500;

function EvidenceItem({ timed }: { timed: TimedEvidence }) {
  const { item, waitedMs, isAgain, isOpening, earlierMs } = timed;
  const [firstLine = '', ...furtherLines] = item.text.split('\n');
  return (
    <li data-exchange className="py-3 first:pt-0 last:pb-0">
      {waitedMs !== null && waitedMs >= WAIT_SHOWN_MS && (
        <p className="mb-2 text-meta font-medium text-pending">
          {formatDuration(waitedMs)} later{isAgain && ', asked again'}
        </p>
      )}
      <div className="flex items-baseline justify-between gap-x-3 text-meta text-subtle">
        <EvidenceSource item={item} />
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

function EvidenceSource({ item }: { item: Evidence }) {
  return (
    <p className="min-w-0">
      <span className="font-medium text-fg">{STAGE_LABEL[item.stage]}</span>
      {item.layer === 'catch_all' && <span> a made-up name</span>}
      {item.stage === 'list' && <span> · {LAYER_COPY[item.layer].title}</span>}
      {item.stage === 'dns' && item.host !== null && <BreakableName name={` ${item.host}`} />}
    </p>
  );
}

/** A friendly reply on the way to the question, like “250 Ok” to MAIL FROM. It says nothing about the mailbox. */
export const isCourtesy = ({ meaning, stage }: Evidence): boolean => meaning === 'accepted' && stage !== 'rcpt';

/** How the reply was interpreted. */
function Reading({ item }: { item: Evidence }) {
  if (item.meaning === null || isCourtesy(item)) return null;
  return (
    <p className="mt-0.5 text-meta text-muted">
      Read as: {MEANING_LABEL[item.meaning]}
      {item.rule !== null && item.rule !== REMEMBERED && <span className="text-subtle"> (rule {item.rule})</span>}
    </p>
  );
}

/** `550 5.1.1` */
export const codeWords = ({ code, enhanced }: Evidence): string => [code, enhanced].filter((part) => part !== null).join(' ');

function ReplyCode({ item }: { item: Evidence }) {
  if (item.code === null) return null;
  const tone = item.code < 400 ? 'text-deliverable' : item.code < 500 ? 'text-risky' : 'text-undeliverable';
  return <span className={cn('font-semibold', tone)}>{codeWords(item)} </span>;
}

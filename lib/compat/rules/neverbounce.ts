// An address and a list in the words of NeverBounce v4.2.
import { parse } from 'tldts';
import type { ListStatus } from '@/lib/lists/rules/list';
import type { ListView } from '@/lib/lists/rules/view';
import { FLAG_NAMES, isReason } from '@/lib/verdict/verdict';
import { NEVERBOUNCE_CODES, NEVERBOUNCE_FLAGS, type NeverBounceFlag, type NeverBounceResult } from './neverbounce.data';
import { type Outcome, partsOf } from './outcome';

export function neverBounceFlags({ email, reason, flags }: Outcome): NeverBounceFlag[] {
  const ours = FLAG_NAMES.flatMap((name) => (flags[name] === true ? (NEVERBOUNCE_FLAGS[name] ?? []) : []));
  const below: NeverBounceFlag[] = parse(partsOf(email.trim()).domain).subdomain ? ['contains_subdomain'] : [];
  return [...new Set([...NEVERBOUNCE_CODES[reason].flags, ...ours, ...below])];
}

export const neverBounceVerification = (outcome: Outcome, withAddress: boolean) => ({
  result: NEVERBOUNCE_CODES[outcome.reason].result,
  flags: neverBounceFlags(outcome),
  suggested_correction: outcome.didYouMean ?? '',
  ...(withAddress && { address_info: addressInfo(outcome.email) }),
});

function addressInfo(email: string) {
  const { local, domain } = partsOf(email.trim());
  const plus = local.indexOf('+');
  const name = parse(domain);
  return {
    original_email: email,
    normalized_email: `${local}@${domain}`,
    addr: plus === -1 ? local : local.slice(0, plus),
    alias: plus === -1 ? '' : local.slice(plus + 1),
    host: domain,
    fqdn: domain,
    domain: name.domainWithoutSuffix ?? '',
    subdomain: name.subdomain ?? '',
    tld: name.publicSuffix ?? '',
  };
}

const JOB_STATUS: Readonly<Record<ListStatus, string>> = {
  uploading: 'uploading',
  parsing: 'parsing',
  ready: 'waiting',
  queued: 'queued',
  running: 'running',
  paused: 'running',
  completed: 'complete',
  cancelled: 'complete',
  failed: 'failed',
  expired: 'complete',
};

export const neverBounceJobStatus = (status: ListStatus): string => JOB_STATUS[status];

export function neverBounceCounts({ progress }: ListView): Record<NeverBounceResult, number> {
  const counts = { valid: 0, invalid: 0, disposable: 0, catchall: 0, unknown: 0 };
  for (const [reason, rows = 0] of Object.entries(progress.countsByReason)) {
    if (isReason(reason)) counts[NEVERBOUNCE_CODES[reason].result] += rows;
  }
  return counts;
}

const PERCENT = 100;

export function neverBounceJob(list: ListView, id: number) {
  const { quote, progress } = list;
  const counts = neverBounceCounts(list);
  const known = progress.processed - counts.unknown;
  return {
    id,
    job_status: neverBounceJobStatus(list.status),
    filename: list.file.name ?? list.name,
    created_at: momentOf(list.createdAt),
    started_at: list.startedAt && momentOf(list.startedAt),
    finished_at: list.finishedAt && momentOf(list.finishedAt),
    total: {
      records: quote?.rows ?? 0,
      billable: quote === null ? 0 : quote.unique - quote.syntaxInvalid,
      processed: progress.processed,
      ...counts,
      duplicates: quote?.duplicates ?? 0,
      bad_syntax: quote?.syntaxInvalid ?? 0,
    },
    bounce_estimate: known === 0 ? 0 : round((counts.invalid / known) * PERCENT),
    percent_complete:
      list.status === 'completed' ? PERCENT : progress.total === 0 ? 0 : round((progress.processed / progress.total) * PERCENT),
    failure_reason: list.failureDetail,
  };
}

const round = (share: number): number => Math.round(share * 100) / 100;

/** `2026-11-29 07:40:00`, UTC. */
const momentOf = (iso: string): string => iso.slice(0, 19).replace('T', ' ');

// An address and a list in the words of Reacher (check-if-email-exists).
import { isSettled } from '@/lib/lists/rules/list';
import type { ListView } from '@/lib/lists/rules/view';
import { isReason } from '@/lib/verdict/verdict';
import { type Outcome, partsOf } from './outcome';
import { REACHER_FACTS, type ReacherWord } from './reacher.data';

export function reacherAnswer(outcome: Outcome) {
  const { reason, flags } = outcome;
  const { reachable, syntax, acceptsMail, connects, delivers } = REACHER_FACTS[reason];
  const email = outcome.email.trim();
  const { local, domain } = partsOf(email);
  return {
    input: outcome.email,
    is_reachable: reachable,
    misc: {
      is_disposable: flags.disposable === true || reason === 'disposable',
      is_role_account: flags.role === true || reason === 'role_account',
      is_b2c: flags.free === true,
      gravatar_url: null,
      haveibeenpwned: null,
    },
    mx: { accepts_mail: acceptsMail, records: outcome.mxHost === null ? [] : [`${outcome.mxHost}.`] },
    smtp: {
      can_connect_smtp: connects,
      has_full_inbox: flags.mailbox_full === true || reason === 'mailbox_full',
      is_catch_all: flags.catch_all === true || reason === 'catch_all',
      is_deliverable: delivers,
      is_disabled: flags.mailbox_disabled === true || reason === 'mailbox_disabled',
    },
    syntax: {
      address: syntax ? email : null,
      domain,
      is_valid_syntax: syntax,
      username: local,
      normalized_email: syntax ? `${local}@${domain}` : null,
      suggestion: outcome.didYouMean,
    },
  };
}

export function reacherProgress(list: ListView, id: number) {
  const { progress, quote } = list;
  const counts: Record<ReacherWord, number> = { safe: 0, risky: 0, invalid: 0, unknown: 0 };
  for (const [reason, rows = 0] of Object.entries(progress.countsByReason)) {
    if (isReason(reason)) counts[REACHER_FACTS[reason].reachable] += rows;
  }
  return {
    job_id: id,
    created_at: list.createdAt,
    finished_at: list.finishedAt,
    total_records: quote?.rows ?? progress.total,
    total_processed: progress.processed,
    summary: {
      total_safe: counts.safe,
      total_risky: counts.risky,
      total_invalid: counts.invalid,
      total_unknown: counts.unknown,
    },
    job_status: isSettled(list.status) ? 'Completed' : 'Running',
  };
}

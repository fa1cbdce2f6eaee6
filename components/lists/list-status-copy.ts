// The statuses of a list, why it is paused and why it failed, in sentences for people.
import type { ListFailure, ListStatus, PauseReason } from '@/lib/lists/rules/list';

export const PAUSE_SENTENCE: Record<PauseReason, string> = {
  by_customer: 'Paused by you',
  out_of_credits: 'Paused: the credits ran out',
  cap_reached: 'Paused: the cap is reached',
  closing: 'Paused: your account is scheduled for deletion',
  free_answers_used: 'Paused: today’s free answers are used up',
};

interface FailureCopy {
  title: string;
  /** What people can do now. */
  advice: string;
}

export const LIST_FAILURE_COPY: Record<ListFailure, FailureCopy> = {
  empty_file: {
    title: 'There is nothing to verify',
    advice: 'Check that the file was saved with its rows, then upload it again.',
  },
  no_email_column: {
    title: 'No column holds email addresses',
    advice: 'Make sure that one column has an address in most rows, then upload the file again.',
  },
  unreadable_file: {
    title: 'The file can’t be read',
    advice: 'Export your list as CSV in UTF-8, or as XLSX, and upload that.',
  },
  too_many_rows: {
    title: 'The file has too many rows',
    advice: 'Split it into several files of at most 1,000,000 rows each.',
  },
  file_too_large: {
    title: 'The file is too large',
    advice: 'Split it into smaller files, or leave out the columns that you don’t need.',
  },
  quota_exceeded: {
    title: 'The list doesn’t fit in your plan',
    advice: 'Then upload the file again.',
  },
  upload_abandoned: {
    title: 'The upload was not finished',
    advice: 'We waited a day for it. Upload the file again.',
  },
  internal_error: {
    title: 'Something went wrong on our side',
    advice: 'The file itself may be fine: upload it again.',
  },
};

export const LIST_STATUS_MEANING: Record<ListStatus, string> = {
  uploading: 'The file is being uploaded.',
  parsing: 'The file is being read and checked for duplicates.',
  ready: 'It has a quote and waits to be started.',
  queued: 'It was started and waits for its turn.',
  running: 'Its rows are being verified.',
  paused: 'It was paused, by you or because credits ran out. `pause_reason` says which.',
  completed: 'Every unique row has a verdict.',
  cancelled: 'It was canceled. Verified rows are kept and charged.',
  failed: 'It could not be read or finished. `failure` says why.',
  expired: 'Its rows were deleted; its totals are kept.',
};

// The states of a list as a person reads them.
import type { ListFailure, ListState, PauseReason } from '@/lib/domain/list';

export const LIST_STATE_LABEL: Record<ListState, string> = {
  uploading: 'Uploading',
  parsing: 'Being read',
  ready: 'Ready to start',
  queued: 'Waiting',
  running: 'Running',
  paused: 'Paused',
  completed: 'Completed',
  cancelled: 'Cancelled',
  failed: 'Failed',
  expired: 'Rows deleted',
};

export const PAUSE_SENTENCE: Record<PauseReason, string> = {
  by_customer: 'Paused by you',
  out_of_credits: 'Paused: the credits ran out',
  cap_reached: 'Paused: the cap is reached',
};

interface FailureCopy {
  title: string;
  /** What to do now. */
  advice: string;
}

export const LIST_FAILURE_COPY: Record<ListFailure, FailureCopy> = {
  empty_file: {
    title: 'The file is empty',
    advice: 'Check that it was saved with its rows, and upload it again.',
  },
  no_email_column: {
    title: 'No column holds e-mail addresses',
    advice: 'Open the file and see that one column has an address in most of its rows, then upload it again.',
  },
  unreadable_file: {
    title: 'The file can’t be read',
    advice: 'Save it as CSV in UTF-8, or as XLSX, and upload that.',
  },
  too_many_rows: {
    title: 'The file has too many rows',
    advice: 'Split it into several files of at most 1,000,000 rows each.',
  },
  file_too_large: {
    title: 'The file is too large',
    advice: 'Split it into smaller files, or leave out the columns that you don’t need.',
  },
  upload_abandoned: {
    title: 'The upload was not finished',
    advice: 'It waited for a day. Upload the file again.',
  },
  internal_error: {
    title: 'Something went wrong on our side',
    advice: 'The file itself may be fine: upload it again.',
  },
};

// The uploads of this browser tab. They live outside the pages, so moving between pages does not end them. Closing the tab does, after a
// warning.
import { endUpload, type UploadFacts } from './lists-api';
import { forgetFile, rememberFile } from './known-files';
import { sendPart } from './send-part';
import { uploadParts, type UploadEnd } from './upload-parts';

export interface UploadState {
  fileName: string;
  totalBytes: number;
  sentBytes: number;
  /** Measured over the last few seconds; null until there is something to measure. */
  bytesASecond: number | null;
  /** Milliseconds until the next try, while the upload is failing. */
  retryInMs: number | null;
  status: 'sending' | 'sent' | 'refused';
  /** Why it was refused. */
  message: string | null;
}

interface Upload {
  state: UploadState;
  stop: AbortController;
  samples: { at: number; bytes: number }[];
}

const RATE_WINDOW_MS = 5_000;
const uploads = new Map<string, Upload>();
const listeners = new Set<() => void>();

export const subscribeToUploads = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const readUpload = (listId: string): UploadState | null => uploads.get(listId)?.state ?? null;

/** Sends the missing parts of the file, and reports when all of them are stored. */
export function startUpload({ id, partBytes, parts }: UploadFacts, file: File): void {
  if (uploads.get(id)?.state.status === 'sending') return;
  const stop = new AbortController();
  const state = { fileName: file.name, totalBytes: file.size, sentBytes: 0, bytesASecond: null, retryInMs: null, message: null };
  const upload: Upload = { state: { ...state, status: 'sending' }, stop, samples: [] };
  uploads.set(id, upload);
  rememberFile(id, file);
  warnBeforeLeaving();
  const watcher = {
    signal: stop.signal,
    onProgress: (sentBytes: number) => change(upload, { sentBytes, bytesASecond: rateOf(upload, sentBytes) }),
    onTrouble: (retryInMs: number | null) => change(upload, { retryInMs }),
  };
  const plan = { file, partBytes, stored: parts };
  void uploadParts(plan, { sendPart: sendPart(id), wait: waitOrOnline }, watcher).then((end) => finish(id, end));
}

export function stopUpload(listId: string): void {
  uploads.get(listId)?.stop.abort();
  uploads.delete(listId);
  forgetFile(listId);
  warnBeforeLeaving();
  tell();
}

async function finish(listId: string, end: UploadEnd): Promise<void> {
  const upload = uploads.get(listId);
  if (upload === undefined || end.kind === 'stopped') return;
  const answer = end.kind === 'stored' ? await endUpload(listId) : { ok: false as const, message: end.message };
  forgetFile(listId);
  change(upload, answer.ok ? { status: 'sent' } : { status: 'refused', message: answer.message });
  warnBeforeLeaving();
}

function change(upload: Upload, more: Partial<UploadState>): void {
  upload.state = { ...upload.state, ...more };
  tell();
}

const tell = (): void => listeners.forEach((listener) => listener());

function rateOf(upload: Upload, bytes: number): number | null {
  const at = performance.now();
  upload.samples = [...upload.samples.filter((sample) => at - sample.at < RATE_WINDOW_MS), { at, bytes }];
  const first = upload.samples[0];
  if (first === undefined || at === first.at) return upload.state.bytesASecond;
  return Math.max(0, ((bytes - first.bytes) / (at - first.at)) * 1_000);
}

/** Waits, but no longer than until the network returns. */
const waitOrOnline = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener('online', done);
  });

const warn = (event: BeforeUnloadEvent): void => event.preventDefault();

function warnBeforeLeaving(): void {
  window.removeEventListener('beforeunload', warn);
  if ([...uploads.values()].some(({ state }) => state.status === 'sending')) window.addEventListener('beforeunload', warn);
}

import { ListError } from './errors.js';
import type { EmailList, ListRow, ListStatus, Reason, Status } from './models.js';
import { Pages } from './pages.js';
import { poll, type PollOptions } from './polling.js';
import { type RequestOptions, segment, type Transport } from './transport.js';
import { type FileSource, Upload, type UploadProgress } from './upload.js';

export type Policy = 'signup' | 'transactional' | 'newsletter' | 'cold';
/** `full` holds the most credits the list can cost, and is refused if there are not enough; `until_empty` holds those you have and pauses the list when they run out. */
export type StartMode = 'full' | 'until_empty';

export interface ListSettings {
  name?: string;
  policy?: Policy;
  retention_days?: number;
  metadata?: Record<string, unknown>;
}

export interface ColumnChoice {
  /** The column's name, or its number, counted from 1. */
  email_column?: string | number;
  has_header?: boolean;
}

export interface StartSettings {
  mode?: StartMode;
  credit_cap?: number | null;
}

export interface UploadSettings extends ListSettings, ColumnChoice, StartSettings {
  /** Whether to start verifying as soon as the file is read. */
  start?: boolean;
  /** Default: the file's own name. */
  fileName?: string;
  onUploadProgress?: (progress: UploadProgress) => void;
}

export interface WaitSettings extends PollOptions {
  /** `ready`: until the file is read and quoted. `done`, the default: until the list is completed or has stopped. */
  until?: 'ready' | 'done';
  onProgress?: (list: EmailList) => void;
}

export interface VerifySettings extends Omit<UploadSettings, 'start'>, Omit<WaitSettings, 'until'> {}

export interface VerifiedList {
  list: EmailList;
  rows: Pages<ListRow>;
}

export interface RowFilter {
  status?: Status;
  reason?: Reason;
  provider?: string;
  q?: string;
  segment?: 'all' | 'send' | 'review' | 'do_not_send' | 'retry';
  limit?: number;
}

export interface DownloadSettings extends Omit<RowFilter, 'segment' | 'limit'> {
  segment?: 'all' | 'send' | 'review' | 'do_not_send' | 'retry' | 'rejected';
  format?: 'csv' | 'xlsx' | 'jsonl';
  columns?: readonly ('own' | 'verdict' | 'details')[];
  bom?: boolean;
}

const STANDING: readonly ListStatus[] = ['completed', 'cancelled', 'failed', 'expired', 'paused'];
const UNREAD: readonly ListStatus[] = ['uploading', 'parsing'];

export class Lists {
  constructor(private readonly transport: Transport) {}

  /** Uploads a file once and verifies it. Returns the completed list and its rows. */
  async verify(file: FileSource, settings: VerifySettings = {}, options?: RequestOptions): Promise<VerifiedList> {
    const { timeoutMs, intervalMs, onProgress, signal = options?.signal, ...upload } = settings;
    const created = await this.create(file, { ...upload, start: true }, options);
    onProgress?.(created);
    const list = await this.wait(created.id, { ...given({ timeoutMs, intervalMs, onProgress, signal }) }, options);
    if (list.status !== 'completed') throw toListError(list);
    return { list, rows: this.results(list.id) };
  }

  async create(file: FileSource, settings: UploadSettings = {}, options?: RequestOptions): Promise<EmailList> {
    const { fileName, onUploadProgress: onProgress, ...fields } = settings;
    const upload = await Upload.from(file, fileName, { fields: toFields(fields), onProgress });
    return this.transport.json({ method: 'POST', path: '/v1/lists', upload, spends: true, options });
  }

  list(filter: { status?: ListStatus; limit?: number } = {}, options?: RequestOptions): Pages<EmailList> {
    return new Pages(this.transport, { method: 'GET', path: '/v1/lists', query: { ...filter }, options });
  }

  get(id: string, options?: RequestOptions): Promise<EmailList> {
    return this.transport.json({ method: 'GET', path: pathOf(id), options });
  }

  /** Changes how many days the list is kept, or which column holds the addresses. */
  update(id: string, change: ColumnChoice & { retention_days?: number }, options?: RequestOptions): Promise<EmailList> {
    return this.transport.json({ method: 'PATCH', path: pathOf(id), json: change, options });
  }

  /** Deletes the list's rows. The list itself is kept, as `expired`, with its totals. */
  delete(id: string, options?: RequestOptions): Promise<EmailList> {
    return this.transport.json({ method: 'DELETE', path: pathOf(id), options });
  }

  start(id: string, settings: StartSettings & ColumnChoice = {}, options?: RequestOptions): Promise<EmailList> {
    return this.spend(id, 'start', settings, options);
  }

  resume(id: string, settings: Pick<StartSettings, 'credit_cap'> = {}, options?: RequestOptions): Promise<EmailList> {
    return this.spend(id, 'resume', settings, options);
  }

  retryUnknowns(id: string, settings: StartSettings = {}, options?: RequestOptions): Promise<EmailList> {
    return this.spend(id, 'retry-unknowns', settings, options);
  }

  pause(id: string, options?: RequestOptions): Promise<EmailList> {
    return this.transport.json({ method: 'POST', path: `${pathOf(id)}/pause`, options });
  }

  cancel(id: string, options?: RequestOptions): Promise<EmailList> {
    return this.transport.json({ method: 'POST', path: `${pathOf(id)}/cancel`, options });
  }

  /** The list's rows, even while the list is running. */
  results(id: string, filter: RowFilter = {}, options?: RequestOptions): Pages<ListRow> {
    return new Pages(this.transport, { method: 'GET', path: `${pathOf(id)}/results`, query: { ...filter }, options });
  }

  /** Streams the whole list as a file, in its original columns and order. */
  download(id: string, settings: DownloadSettings = {}, options?: RequestOptions): Promise<ReadableStream<Uint8Array>> {
    return this.transport.stream({ method: 'GET', path: `${pathOf(id)}/download`, query: { ...settings }, options });
  }

  /** Waits until the list is completed or has stopped (paused, failed, or waiting for its column to be chosen). */
  wait(id: string, { until = 'done', onProgress, ...limits }: WaitSettings = {}, options?: RequestOptions): Promise<EmailList> {
    const look = async () => {
      const list = await this.get(id, options);
      onProgress?.(list);
      return list;
    };
    const isRead = (list: EmailList) => !UNREAD.includes(list.status);
    return poll(look, until === 'ready' ? isRead : isStanding, limits);
  }

  private spend(id: string, move: string, settings: object, options?: RequestOptions): Promise<EmailList> {
    const json = Object.keys(settings).length > 0 ? { json: settings } : {};
    return this.transport.json({ method: 'POST', path: `${pathOf(id)}/${move}`, ...json, spends: true, options });
  }
}

const pathOf = (id: string): string => `/v1/lists/${segment(id)}`;

const isStanding = ({ status, failure }: EmailList): boolean =>
  STANDING.includes(status) || (status === 'ready' && failure !== null);

function toListError(list: EmailList): ListError {
  const code = list.failure?.code ?? list.pause_reason ?? list.status;
  return new ListError(list.failure?.detail ?? `The list is ${list.status} (${code}).`, code, list);
}

/** Drops undefined values. */
function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** Form fields are text. */
const toFields = (settings: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(settings)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  );

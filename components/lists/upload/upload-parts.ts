// Sends a file in parts, a few at a time. A part is sent until it is stored, with growing pauses after network trouble. Parts that are
// already stored are not sent again. A refusal or a stop ends the whole upload.

export type PartAnswer = { kind: 'stored' } | { kind: 'trouble' } | { kind: 'refused'; message: string };

export interface UploadPorts {
  sendPart: (part: Part, onSent: (bytes: number) => void) => Promise<PartAnswer>;
  /** Resolves after this time, or earlier if another try makes sense. */
  wait: (ms: number) => Promise<void>;
}

export interface Part {
  no: number;
  bytes: Blob;
  signal: AbortSignal;
}

export interface UploadPlan {
  file: Blob;
  partBytes: number;
  /** Numbers of the parts that are already stored. */
  stored: readonly number[];
}

export interface UploadWatcher {
  signal: AbortSignal;
  /** How many bytes of the whole file are stored or being sent. */
  onProgress: (sentBytes: number) => void;
  /** Milliseconds until the next try; null once a part gets through again. */
  onTrouble: (pauseMs: number | null) => void;
}

export type UploadEnd = { kind: 'stored' } | { kind: 'stopped' } | { kind: 'refused'; message: string };

const PARTS_AT_ONCE = 2;
const PAUSE_FIRST_MS = 1_000;
const PAUSE_MAX_MS = 30_000;
/** Parts are numbered from here. */
const FIRST = 1;

export const partCount = (sizeBytes: number, partBytes: number): number => Math.max(1, Math.ceil(sizeBytes / partBytes));

export async function uploadParts(plan: UploadPlan, ports: UploadPorts, watcher: UploadWatcher): Promise<UploadEnd> {
  const { file, partBytes, stored } = plan;
  const stop = new AbortController();
  const signal = AbortSignal.any([watcher.signal, stop.signal]);
  const all = Array.from({ length: partCount(file.size, partBytes) }, (_, index) => FIRST + index);
  const open = all.filter((no) => !stored.includes(no));
  const cut = (no: number): Blob => file.slice((no - FIRST) * partBytes, (no - FIRST + 1) * partBytes);
  const sent = new Map(all.filter((no) => stored.includes(no)).map((no) => [no, cut(no).size]));
  const tell = (): void => watcher.onProgress([...sent.values()].reduce((sum, bytes) => sum + bytes, 0));
  tell();

  const lane = async (): Promise<UploadEnd> => {
    for (let no = open.shift(); no !== undefined; no = open.shift()) {
      const part = { no, bytes: cut(no), signal };
      const end = await sendUntilStored(part, ports, {
        ...watcher,
        signal,
        onProgress: (bytes) => (sent.set(part.no, bytes), tell()),
      });
      if (end.kind !== 'stored') {
        stop.abort();
        return end;
      }
    }
    return { kind: 'stored' };
  };
  const ends = await Promise.all(Array.from({ length: PARTS_AT_ONCE }, lane));
  return ends.find(({ kind }) => kind === 'refused') ?? ends.find(({ kind }) => kind === 'stopped') ?? { kind: 'stored' };
}

async function sendUntilStored(part: Part, ports: UploadPorts, watcher: UploadWatcher): Promise<UploadEnd> {
  const isStopped = (): boolean => part.signal.aborted;
  for (let pauseMs = PAUSE_FIRST_MS; !isStopped(); pauseMs = Math.min(pauseMs * 2, PAUSE_MAX_MS)) {
    const answer = await ports.sendPart(part, watcher.onProgress);
    if (isStopped()) break;
    if (answer.kind === 'refused') return answer;
    if (answer.kind === 'stored') {
      watcher.onProgress(part.bytes.size);
      watcher.onTrouble(null);
      return answer;
    }
    watcher.onProgress(0);
    watcher.onTrouble(pauseMs);
    await ports.wait(pauseMs);
  }
  return { kind: 'stopped' };
}

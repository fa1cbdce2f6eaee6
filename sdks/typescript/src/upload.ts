// Sends a file to the API as a multipart form: the fields first, then the file, which is read while it is sent. A path, bytes and a Blob
// can be sent again when a connection breaks; a stream can't.
import { platform } from '#platform';

export type FileSource =
  /** The path of a file, in Node, Deno and Bun. */
  string | Blob | Uint8Array<ArrayBuffer> | AsyncIterable<Uint8Array>;

export interface UploadProgress {
  sentBytes: number;
  /** Null if the size of the source is not known. */
  totalBytes: number | null;
}

interface Source {
  name: string;
  /** Yields the same bytes at each call if `canReplay` is true. */
  chunks: () => AsyncIterable<Uint8Array>;
  size: number | null;
  blob: Blob | null;
  canReplay: boolean;
}

interface Form {
  fields: Record<string, string>;
  onProgress: ((progress: UploadProgress) => void) | undefined;
}

const CHUNK_BYTES = 64 * 1024;
const FALLBACK_NAME = 'list.csv';
const utf8 = new TextEncoder();

export class Upload {
  private readonly boundary = `ev-${platform.crypto.randomUUID()}`;
  private readonly head: Uint8Array<ArrayBuffer>;
  private readonly tail: Uint8Array<ArrayBuffer>;

  private constructor(
    private readonly source: Source,
    private readonly onProgress: Form['onProgress'],
    fields: Record<string, string>,
  ) {
    const parts = Object.entries(fields).map(
      ([name, value]) => `--${this.boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const fileName = source.name.replaceAll(/["\r\n]/g, '_');
    const file = `--${this.boundary}\r\ncontent-disposition: form-data; name="file"; filename="${fileName}"\r\ncontent-type: application/octet-stream\r\n\r\n`;
    this.head = utf8.encode(parts.join('') + file);
    this.tail = utf8.encode(`\r\n--${this.boundary}--\r\n`);
  }

  static async from(file: FileSource, name: string | undefined, { fields, onProgress }: Form): Promise<Upload> {
    return new Upload(await sourceOf(file, name), onProgress, fields);
  }

  get canReplay(): boolean {
    return this.source.canReplay;
  }

  /** `moved` is called whenever a part has been sent. */
  open(moved: () => void): { body: BodyInit; headers: Record<string, string> } {
    const headers: Record<string, string> = { 'content-type': `multipart/form-data; boundary=${this.boundary}` };
    const { size, blob } = this.source;
    // Browsers send streams over HTTP/2 only, but read a Blob from disk themselves.
    if (!platform.streamsBodies && blob) return { body: new Blob([this.head, blob, this.tail]), headers };
    if (size !== null) headers['content-length'] = String(this.head.length + size + this.tail.length);
    const parts = this.parts(moved);
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { done, value } = await parts.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await parts.return(undefined);
      },
    });
    return { body, headers };
  }

  private async *parts(moved: () => void): AsyncGenerator<Uint8Array, undefined> {
    yield this.head;
    let sentBytes = 0;
    for await (const chunk of this.source.chunks()) {
      yield chunk;
      sentBytes += chunk.length;
      moved();
      this.onProgress?.({ sentBytes, totalBytes: this.source.size });
    }
    yield this.tail;
    return undefined;
  }
}

async function sourceOf(file: FileSource, name: string | undefined): Promise<Source> {
  if (typeof file === 'string') return fromPath(file, name);
  const blob = file instanceof Uint8Array ? new Blob([file]) : file;
  if (!(blob instanceof Blob))
    return { name: name ?? FALLBACK_NAME, chunks: () => blob, size: null, blob: null, canReplay: false };
  const own = 'name' in blob && typeof blob.name === 'string' ? blob.name : FALLBACK_NAME;
  return { name: name ?? own, chunks: () => slices(blob), size: blob.size, blob, canReplay: true };
}

async function* slices(blob: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < blob.size; at += CHUNK_BYTES) yield new Uint8Array(await blob.slice(at, at + CHUNK_BYTES).arrayBuffer());
}

async function fromPath(path: string, name: string | undefined): Promise<Source> {
  const file = await platform.openFile(path);
  return { name: name ?? file.name, chunks: file.read, size: file.size, blob: null, canReplay: true };
}

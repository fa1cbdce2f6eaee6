// The uploaded file as readers see it: its bytes by place, wherever they are kept.

export interface SourceFile {
  sizeBytes: number;
  /** At most so many bytes from there; fewer only at the end of the file. */
  read(offset: number, length: number): Promise<Buffer>;
}

/** Small enough that nobody waits long while one is worked on. */
export const SLICE_BYTES = 64 * 1024;
export const HEAD_BYTES = 64 * 1024;

export async function* readSlices(file: SourceFile): AsyncGenerator<Buffer> {
  for (let offset = 0; offset < file.sizeBytes;) {
    const slice = await file.read(offset, SLICE_BYTES);
    if (slice.length === 0) throw new Error('the file ends before its end');
    offset += slice.length;
    yield slice;
  }
}

/** What a stream of Node's gives. */
export async function* buffersOf(stream: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  for await (const piece of stream) if (Buffer.isBuffer(piece)) yield piece;
}

/** The first slice is looked at and then read like all others. */
export async function withHead(slices: AsyncIterable<Buffer>): Promise<{ head: Buffer; slices: AsyncGenerator<Buffer> }> {
  const iterator = slices[Symbol.asyncIterator]();
  const pieces: Buffer[] = [];
  let size = 0;
  while (size < HEAD_BYTES) {
    const next = await iterator.next();
    if (next.done === true) break;
    pieces.push(next.value);
    size += next.value.length;
  }
  const head = Buffer.concat(pieces);
  return { head, slices: rest(head, iterator) };
}

async function* rest(head: Buffer, iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (head.length > 0) yield head;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}

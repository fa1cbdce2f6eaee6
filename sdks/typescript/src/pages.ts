// Iterates over all items of a listing and loads pages as needed: `for await (const row of client.lists.results(id))`.
import type { Call, Transport } from './transport.js';

export interface Page<T> {
  data: T[];
  next_cursor: string | null;
}

export class Pages<T> implements AsyncIterable<T> {
  constructor(
    private readonly transport: Transport,
    private readonly call: Call,
  ) {}

  /** Reads one page from a cursor, if you keep cursors yourself. */
  page(cursor?: string): Promise<Page<T>> {
    return this.transport.json<Page<T>>({ ...this.call, query: { ...this.call.query, ...(cursor !== undefined && { cursor }) } });
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    let cursor: string | undefined;
    do {
      const page = await this.page(cursor);
      yield* page.data;
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
  }

  async toArray(): Promise<T[]> {
    const items: T[] = [];
    for await (const item of this) items.push(item);
    return items;
  }
}

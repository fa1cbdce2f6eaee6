// A customer's program: it retries when there is no answer, and checks that nothing it was told is ever taken back.
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

const listSchema = z.looseObject({
  id: z.string(),
  status: z.string(),
  progress: z.looseObject({
    processed: z.int(),
    total: z.int(),
    retrying: z.int(),
    credits: z.looseObject({ captured: z.int(), held: z.int() }),
  }),
});
export type List = z.infer<typeof listSchema>;

const BETWEEN_TRIES_MS = 250;
const ANSWER_WITHIN_MS = 20_000;

export interface Client {
  /** The parsed body of a 2xx answer. */
  ask: (path: string, init?: RequestInit) => Promise<unknown>;
  upload: (csv: string, idempotencyKey: string) => Promise<List>;
  readList: (id: string) => Promise<List>;
  /** Facts that were taken back, in words; there should be none. */
  complaints: string[];
  /** How many requests got no good answer and were repeated. */
  retried: () => number;
}

/** Sends requests to the addresses in turn, like a load balancer that does not know which are down. */
export function createClient(urls: readonly [string, ...string[]], apiKey: string): Client {
  const complaints: string[] = [];
  let asked = 0;
  let retried = 0;
  let last: List | null = null;

  const ask = async (path: string, init: RequestInit = {}): Promise<unknown> => {
    for (;;) {
      const headers = new Headers(init.headers);
      headers.set('authorization', `Bearer ${apiKey}`);
      const answer = await tryOnce(`${urls[asked++ % urls.length] ?? urls[0]}${path}`, { ...init, headers });
      if (answer !== null && answer.status < 300) return answer.body;
      if (answer !== null && answer.status < 500 && answer.status !== 409 && answer.status !== 429) {
        throw new Error(`${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      }
      retried += 1;
      await sleep(BETWEEN_TRIES_MS);
    }
  };

  return {
    ask,
    complaints,
    retried: () => retried,
    upload: async (csv, idempotencyKey) => {
      const form = new FormData();
      form.set('start', 'true');
      form.set('file', new Blob([csv], { type: 'text/csv' }), 'crash.csv');
      // Kept as bytes with one boundary, because a repeated request has to be identical.
      const request = new Request(urls[0], { method: 'POST', body: form });
      const headers = { 'content-type': request.headers.get('content-type') ?? '', 'idempotency-key': idempotencyKey };
      const body = await request.arrayBuffer();
      return listSchema.parse(await ask('/v1/lists', { method: 'POST', headers, body }));
    },
    readList: async (id) => {
      const list = listSchema.parse(await ask(`/v1/lists/${id}`));
      if (last !== null) complaints.push(...takenBack(last, list));
      last = list;
      return list;
    },
  };
}

function takenBack(before: List, now: List): string[] {
  const said: [string, number, number][] = [
    ['verdicts', before.progress.processed, now.progress.processed],
    ['credits captured', before.progress.credits.captured, now.progress.credits.captured],
    ['rows in all', before.progress.total, now.progress.total],
  ];
  return said.filter(([, was, is]) => is < was).map(([what, was, is]) => `${what} went from ${was} to ${is}`);
}

async function tryOnce(url: string, init: RequestInit): Promise<{ status: number; body: unknown } | null> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    const body: unknown = await response.json();
    return { status: response.status, body };
  } catch {
    // No server, or it died in the middle of the answer.
    return null;
  }
}

// A client of the public API that waits as a polite one does: after a 429 for as long as it is told, and for a pending answer by polling
// it.
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { type Answer, answerSchema } from './answer';

const POLL_MS = 500;
const FINAL_WITHIN_MS = 45_000;
const pendingSchema = z.object({ id: z.string(), status: z.literal('pending') });

export interface ApiAnswer {
  answer: Answer;
  wasPending: boolean;
}

export class ApiClient {
  constructor(
    private readonly baseUrl: string,
    private readonly key: string,
  ) {}

  /** Returns the final answer. `timeoutMs`: how long the first call may wait for it before it says `pending`. */
  async verify(email: string, timeoutMs: number): Promise<ApiAnswer> {
    const by = Date.now() + FINAL_WITHIN_MS;
    const response = await this.call(by, '/v1/verify/single', { email, timeout_ms: timeoutMs });
    const first = await readJson(response);
    const pending = pendingSchema.safeParse(first);
    if (!pending.success) return { answer: answerSchema.parse(first), wasPending: false };
    if (response.status !== 202) throw new Error(`pending with status ${response.status}`);
    for (;;) {
      await delay(POLL_MS);
      const later = await readJson(await this.call(by, `/v1/verifications/${pending.data.id}`));
      if (!pendingSchema.safeParse(later).success) return { answer: answerSchema.parse(later), wasPending: true };
    }
  }

  private async call(by: number, path: string, body?: object): Promise<Response> {
    for (;;) {
      const left = by - Date.now();
      if (left <= 0) throw new Error(`${path}: no answer in time`);
      const headers = { authorization: `Bearer ${this.key}`, 'content-type': 'application/json' };
      const post = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
      const response = await fetch(`${this.baseUrl}${path}`, { headers, ...post, signal: AbortSignal.timeout(left) });
      if (response.status !== 429) return response;
      await delay(Math.min(left, Math.max(1, Number(response.headers.get('retry-after') ?? 1)) * 1_000));
    }
  }
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!response.ok) throw new Error(`status ${response.status}: ${text.slice(0, 300)}`);
  return JSON.parse(text);
}

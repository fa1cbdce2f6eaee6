// Asks the API about one address, from a page, with a public key. It always answers within its time budget, and anything but a verdict (no
// network, a refused key, no credits, too slow) lets the address pass, so we never hold up a form.

export interface Question {
  key: string;
  /** Where the API is: `https://…`, without a trailing slash. */
  base: string;
  /** The total time to wait, in milliseconds. */
  timeoutMs: number;
  /** signup, transactional, newsletter or cold; empty for the workspace's own. */
  policy: string;
}

export interface Answer {
  email: string;
  status: string;
  reason: string | null;
  recommendation: string | null;
  didYouMean: string | null;
  /** Why there is no verdict, so that the address passes: `no_key`, `timeout`, `network` or `http_402`; null if there is one. */
  failedOpen: string | null;
}

/** The range that the API accepts for `timeout_ms`. */
const SERVER_MS = { least: 500, most: 30_000 };
/** The server stops waiting this much earlier, to leave time for its answer to travel. */
const WAY_MS = 300;

export async function ask(email: string, question: Question): Promise<Answer> {
  if (question.key === '') return passed(email, 'no_key');
  const stop = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  // The abort alone is not enough: a page may have replaced fetch with something that ignores it.
  const late = new Promise<Answer>((resolve) => {
    timer = setTimeout(() => {
      stop.abort();
      resolve(passed(email, 'timeout'));
    }, question.timeoutMs);
  });
  const answer = await Promise.race([late, fetchAnswer(email, question, stop.signal)]);
  clearTimeout(timer);
  return answer;
}

async function fetchAnswer(email: string, { key, base, timeoutMs, policy }: Question, signal: AbortSignal): Promise<Answer> {
  const serverMs = Math.min(SERVER_MS.most, Math.max(SERVER_MS.least, timeoutMs - WAY_MS));
  try {
    const response = await fetch(`${base}/v1/verify/single`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ email, timeout_ms: serverMs, ...(policy !== '' && { policy }) }),
      credentials: 'omit',
      signal,
    });
    if (!response.ok) return passed(email, `http_${response.status}`);
    return read(email, await response.json());
  } catch {
    return passed(email, 'network');
  }
}

const passed = (email: string, failedOpen: string): Answer => ({
  email,
  status: 'unknown',
  reason: null,
  recommendation: null,
  didYouMean: null,
  failedOpen,
});

function read(email: string, body: unknown): Answer {
  const fields = new Map<string, unknown>(typeof body === 'object' && body !== null ? Object.entries(body) : []);
  const text = (name: string): string | null => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : null;
  };
  const status = text('status');
  if (status === null) return passed(email, 'network');
  // 202: the server's time ran out.
  if (status === 'pending') return passed(email, 'timeout');
  return {
    email,
    status,
    reason: text('reason'),
    recommendation: text('recommendation'),
    didYouMean: text('did_you_mean'),
    failedOpen: null,
  };
}

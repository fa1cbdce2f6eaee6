// Which of our words an error of Node's sockets, TLS or HTTP parser stands for.
import type { DeliveryError } from '@/lib/domain/webhook-events';

const WORDS: readonly { pattern: RegExp; word: DeliveryError }[] = [
  { pattern: /^(ABORT_ERR|ETIMEDOUT|UND_ERR_.*TIMEOUT)$/, word: 'timeout' },
  { pattern: /^(ERR_TLS|ERR_SSL|CERT_|EPROTO$|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH)/, word: 'tls_failed' },
  { pattern: /^HPE_/, word: 'not_http' },
  { pattern: /^(ECONNRESET|EPIPE|ECONNABORTED)$/, word: 'disconnected' },
];

/** What is left could not be connected: refused, unreachable, no route. */
export function failureWord(error: unknown): DeliveryError {
  const code = codeOf(error);
  return WORDS.find(({ pattern }) => pattern.test(code))?.word ?? 'connect_failed';
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'ABORT_ERR';
  return 'code' in error ? String(error.code) : '';
}

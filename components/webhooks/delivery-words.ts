// The outcome of an attempt in words.
import { type DeliveryError, type DisabledReason, isDeliveryError } from '@/lib/webhooks/rules';

const ERROR_SENTENCE: Readonly<Record<DeliveryError, string>> = {
  timeout: 'No complete answer in time.',
  name_not_found: 'The host’s name does not exist.',
  lookup_failed: 'The host’s name could not be looked up.',
  private_address: 'The name resolves to a private address, which we never connect to.',
  https_required: 'This address must use https.',
  connect_failed: 'The host refused the connection.',
  tls_failed: 'The TLS certificate or handshake failed.',
  disconnected: 'The connection was lost before an answer.',
  not_http: 'The answer was not HTTP.',
  redirected: 'The answer was a redirect, which is not followed.',
  endpoint_disabled: 'The endpoint was switched off.',
  payload_too_large: 'The event was too large to be sent.',
};

export const errorSentence = (error: string): string => (isDeliveryError(error) ? ERROR_SENTENCE[error] : error);

/** `HTTP 503`, or why there was no status. */
export function outcomeWords({ status, error }: { status: number | null; error: string | null }): string {
  if (error !== null && (status === null || error === 'redirected')) return errorSentence(error);
  return status === null ? 'No attempt yet' : `HTTP ${status}`;
}

/** Ends the sentence “Switched off 5 minutes ago …”. */
export const DISABLED_CAUSE: Readonly<Record<DisabledReason, string>> = {
  by_owner: 'by a member of this workspace',
  gone: 'because it answered 410 Gone',
  failing: 'because its deliveries failed for days',
};

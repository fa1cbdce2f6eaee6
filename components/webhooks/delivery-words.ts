// What an attempt met, as a sentence.
import { type DeliveryError, type DisabledReason, isDeliveryError } from '@/lib/webhooks/rules';

const ERROR_SENTENCE: Readonly<Record<DeliveryError, string>> = {
  timeout: 'No whole answer in time.',
  name_not_found: 'The host’s name does not exist.',
  lookup_failed: 'The host’s name could not be looked up.',
  private_address: 'The name leads to a private address, which is never dialled.',
  https_required: 'This address may only be dialled with https.',
  connect_failed: 'The host took no connection.',
  tls_failed: 'The certificate or the encryption was not right.',
  disconnected: 'The connection broke before an answer.',
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

export const DISABLED_SENTENCE: Readonly<Record<DisabledReason, string>> = {
  by_owner: 'It was switched off here.',
  gone: 'It answered 410 Gone, so we stopped.',
  failing: 'It failed for days, so we stopped.',
};

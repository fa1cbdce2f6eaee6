// What is wrong with the settings of an endpoint, one sentence a field. Where a URL leads is judged when it is dialled; here only
// what can be seen in it. Control characters are refused: they can neither be stored nor belong into a header or a log.
import { WEBHOOK_DESCRIPTION_MAX_CHARS, WEBHOOK_URL_MAX_CHARS } from '@/lib/domain/limits';
import { EMITTED_EVENT_TYPES, isEmittedEventType, isReservedEventType } from '@/lib/domain/webhook-events';
import { env } from '@/lib/env';

export interface EndpointSettings {
  url?: string | undefined;
  description?: string | undefined;
  events?: readonly string[] | undefined;
}

const UNSTORABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;
/** Below 1024 live mail, databases' and other protocols that a POST could be mistaken by. */
const WEB_PORTS = new Set(['', '80', '443']);
const FIRST_FREE_PORT = 1_024;

export function findEndpointProblems({ url, description, events }: EndpointSettings): Record<string, string> {
  const problems = {
    url: url === undefined ? null : urlProblem(url),
    description: description === undefined ? null : descriptionProblem(description),
    events: events === undefined ? null : eventsProblem(events),
  };
  return Object.fromEntries(Object.entries(problems).flatMap(([field, text]) => (text === null ? [] : [[field, text]])));
}

function urlProblem(text: string): string | null {
  if (text.length > WEBHOOK_URL_MAX_CHARS) return `Use at most ${WEBHOOK_URL_MAX_CHARS} characters.`;
  if (UNSTORABLE.test(text) || !URL.canParse(text)) return 'This is not a complete URL, like https://example.com/webhooks.';
  const url = new URL(text);
  if (url.protocol === 'http:' && !isPlainThinkable()) return 'Use https: what we send is about your customers.';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'Use an https URL.';
  if (url.username !== '' || url.password !== '') return 'Leave out the user name and password; check the signature instead.';
  if (url.hash !== '') return 'Leave out the part after #: it is never sent.';
  if (!WEB_PORTS.has(url.port) && Number(url.port) < FIRST_FREE_PORT) return 'Use port 443, 80, or one from 1024 on.';
  return null;
}

/** Whether some address may be dialled without TLS at all; which, is found out at the time. */
const isPlainThinkable = (): boolean => env().APP_MODE === 'local' || env().WEBHOOK_ALLOWED_PRIVATE_NETS.length > 0;

function descriptionProblem(text: string): string | null {
  if (text.length > WEBHOOK_DESCRIPTION_MAX_CHARS) return `Use at most ${WEBHOOK_DESCRIPTION_MAX_CHARS} characters.`;
  return UNSTORABLE.test(text) ? 'Use one line, without control characters.' : null;
}

function eventsProblem(events: readonly string[]): string | null {
  if (events.length === 0) return 'Choose at least one event.';
  const reserved = events.find(isReservedEventType);
  if (reserved !== undefined) return `${reserved} is reserved for a later release; nothing sends it yet.`;
  const unknown = events.find((type) => !isEmittedEventType(type));
  return unknown === undefined ? null : `There is no such event. These can be chosen: ${EMITTED_EVENT_TYPES.join(', ')}.`;
}

// What each event tells, in words.
import type { EmittedEventType } from '@/lib/webhooks/rules';

export const EVENT_COPY: Readonly<Record<EmittedEventType, string>> = {
  'verification.updated': 'A check that had been answered “pending” has its verdict.',
  'list.ready': 'A list is read; its quote is there.',
  'list.completed': 'A list is done.',
  'list.failed': 'A list could not be read or finished.',
  'credits.low': 'The credits fell below your threshold.',
};

// What each event tells, in words.
import type { EmittedEventType } from '@/lib/domain/webhook-events';

export const EVENT_COPY: Readonly<Record<EmittedEventType, string>> = {
  'verification.updated': 'A check that had been answered “pending” has its verdict.',
  'job.ready': 'A list is read; its quote is there.',
  'batch.completed': 'A list is done.',
  'batch.failed': 'A list could not be read or finished.',
  'credits.low': 'The credits fell below your threshold.',
};

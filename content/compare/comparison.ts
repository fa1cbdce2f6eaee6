// A comparison: facts about another service, each with the page it was read on and the day, and beside them what we do. What they
// do better is said too. A topic that was not found on the pages that were read is left out, never guessed.
import type { Question } from '@/components/marketing/faq';
import type { Source } from '../article';
import type { Page } from '../page';

export const TOPICS = [
  'charged',
  'unknown',
  'free',
  'answers',
  'evidence',
  'api',
  'testing',
  'guarantee',
  'selfHosting',
] as const;
export type Topic = (typeof TOPICS)[number];

export const TOPIC_LABEL: Record<Topic, string> = {
  charged: 'What costs a credit',
  unknown: 'Unknown answers',
  free: 'Free allowance',
  answers: 'What an answer says',
  evidence: 'The server’s own words',
  api: 'API',
  testing: 'Testing without credits',
  guarantee: 'Accuracy promise',
  selfHosting: 'Running it yourself',
};

export interface Fact {
  text: string;
  source: Source & { read: string };
}

export interface Comparison extends Page {
  /** The other service. */
  name: string;
  lead: string;
  facts: Partial<Record<Topic, Fact>>;
  better: readonly Fact[];
  /** When to choose whom, in two sentences. */
  advice: { them: string; us: string };
  faq: readonly Question[];
}

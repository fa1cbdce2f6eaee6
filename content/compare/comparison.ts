// A comparison: facts about another service, each with the page and the day it was read, next to what we do. It also says what they do
// better. A topic that we did not find on the pages we read is left out, never guessed.
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
  /** When to choose which service, in two sentences. */
  advice: { them: string; us: string };
  faq: readonly Question[];
}

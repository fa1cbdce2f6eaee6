// The figures of the accuracy page. They were first recorded in docs/measurements.md; a test checks that the two agree, and counts the
// committed truth.
import type { Page } from './page';

export const ACCURACY_PAGE: Page = {
  path: '/accuracy',
  title: 'How accurate is Email Verifier?',
  description:
    'How we measure accuracy on real mail servers: the method, the results, their limits, and how to repeat the test yourself.',
  updated: '2026-11-29',
};

interface Measured {
  right: number;
  unknown: number;
  livingCalledDead: number;
  answeredUnknowable: number;
  connectionsAnAddress: number;
}

export const ACCURACY: {
  measured: string;
  addresses: number;
  knowable: number;
  unknowable: number;
  ours: Measured;
  naive: Measured;
} = {
  measured: '2026-11-30',
  addresses: 665,
  knowable: 610,
  unknowable: 55,
  ours: { right: 610, unknown: 0, livingCalledDead: 0, answeredUnknowable: 0, connectionsAnAddress: 0.45 },
  naive: { right: 520, unknown: 41, livingCalledDead: 10, answeredUnknowable: 31, connectionsAnAddress: 0.97 },
};

/**
 * Server replies that nobody had looked at before, read once. `first`: this round's. `second`: those of the round before, in the mix that
 * servers send. `third`: older ones, chosen for being rare.
 */
export const REPLIES_READ = {
  first: { servers: 89, replies: 140, recall: '0.950', ambiguous: '0.0%', readAsAboutTheMailbox: 2 },
  second: { servers: 90, replies: 136, recall: '0.954', ambiguous: '0.7%', readAsAboutTheMailbox: 0 },
  third: { servers: 76, replies: 146, recall: '0.856', ambiguous: '3.4%', readAsAboutTheMailbox: 2 },
};

/** Connections per address, at a host with 120 addresses. */
export const CONNECTIONS = { postfix: 0.025, exim: 0.025 };

export const SITUATIONS = 74;

/** "86.9%" of the addresses whose answer can be known from outside; "100%" for all of them. */
export function shareOfKnowable(count: number): string {
  const percent = (count / ACCURACY.knowable) * 100;
  return `${Number.isInteger(percent) ? percent : percent.toFixed(1)}%`;
}

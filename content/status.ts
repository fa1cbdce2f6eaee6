// The status page's words: what each component is, and what its states are called.
import type { Component, ComponentState } from '@/lib/status/rules';
import type { Page } from './page';

export const STATUS_PAGE: Page = {
  path: '/status',
  title: 'Status',
  description:
    'The status of each component now and over the last 90 days, and the share of addresses for which each mail provider gave an answer.',
  updated: '2026-11-29',
};

export const COMPONENT_COPY: Readonly<Record<Component, { name: string; text: string }>> = {
  web: { name: 'Web and API', text: 'This site and the API answer at their public address.' },
  worker: { name: 'Workers', text: 'Workers are running and can look up domains.' },
  queue: { name: 'Queue', text: 'Checks start within a minute of being asked for.' },
  database: { name: 'Database', text: 'The database answers within half a second.' },
  port_25: { name: 'Outgoing mail port', text: 'Connections to mail servers get through, judging by recent checks.' },
  webhooks: { name: 'Webhooks', text: 'Events go out within a minute of being due.' },
};

export const STATE_LABEL: Readonly<Record<ComponentState, string>> = {
  operational: 'Operational',
  degraded: 'Degraded',
  failed: 'Down',
  unknown: 'No data',
};

export const OVERALL: Readonly<Record<ComponentState, string>> = {
  operational: 'All systems operational',
  degraded: 'Some systems are degraded',
  failed: 'Some systems are down',
  unknown: 'No data yet',
};

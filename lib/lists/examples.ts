// What a list and a row of it look like in the documentation of the API.
import { EXAMPLE_SUMMARY } from '@/lib/verifications/examples';
import type { ListAnswer, ListRowAnswer } from './api';

export const EXAMPLE_LIST_ID = 'lst_01KB7W5B4D7F1G8H2J6K9M3NPQ';
const AT = '2026-11-29T09:30:00.000Z';

export const EXAMPLE_LIST: ListAnswer = {
  id: EXAMPLE_LIST_ID,
  name: 'Newsletter, November',
  source: 'api',
  test: false,
  status: 'running',
  pause_reason: null,
  failure: null,
  policy: 'newsletter',
  file: {
    name: 'november.csv',
    format: 'csv',
    size_bytes: 48_211,
    received_bytes: 48_211,
    parsed_bytes: 48_211,
    encoding: 'utf-8',
    has_header: true,
    columns: ['name', 'email'],
    email_column: 1,
  },
  quote: {
    rows: 1_250,
    unique: 1_204,
    duplicates: 46,
    syntax_invalid: 8,
    rejected: 0,
    several_addresses: 0,
    known_recent: 31,
    max_credits: 1_165,
  },
  mode: 'full',
  credit_cap: null,
  progress: {
    processed: 640,
    total: 1_204,
    rate: 42.5,
    eta_s: 14,
    counts: { deliverable: 480, undeliverable: 92, risky: 41, unknown: 27 },
    counts_by_reason: { mailbox_exists: 480, mailbox_not_found: 92, catch_all: 41, greylisted: 27 },
    retrying: 27,
    retrying_next_at: '2026-11-29T09:45:00.000Z',
    retrying_until: '2026-11-29T13:30:00.000Z',
    credits: { held: 593, captured: 572, released: 0 },
  },
  metadata: { campaign: 'november' },
  retention_days: 30,
  created_at: AT,
  started_at: AT,
  finished_at: null,
  expires_at: '2026-12-29T09:30:00.000Z',
  poll_url: `https://verify.example.net/v1/lists/${EXAMPLE_LIST_ID}`,
};

export const EXAMPLE_ROW: ListRowAnswer = {
  row: 1,
  input: 'ann@example.com',
  email: 'ann@example.com',
  status: 'deliverable',
  reason: 'mailbox_exists',
  retry_at: null,
  score: 97,
  recommendation: 'send',
  flags: EXAMPLE_SUMMARY.flags,
  did_you_mean: null,
  mx: EXAMPLE_SUMMARY.mx,
  checked_at: AT,
  cached: false,
  credits_charged: 1,
  columns: { name: 'Ann', email: 'ann@example.com' },
};

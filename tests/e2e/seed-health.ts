// Rows of the sending identities' shared health, as workers on the open internet would leave them: every state, two identities, a long
// refusal, more than one page.
import { Client } from 'pg';
import { findRuntime } from '../../scripts/runtime';
import { E2E_DATA_DIR } from './accounts';

export const IDENTITIES = ['mx1.sender.example 203.0.113.7', 'mx2.sender.example 2001:db8::25'] as const;

const REFUSAL =
  '550 5.7.1 Service unavailable, client host blocked using blocklist-one.example; to ask for delisting see https://delist.example/lookup?ip=…';

const SEED = `
  INSERT INTO "IdentityHealth" ("identity", "provider", "pace", "slowedAt", "windowAt", "answered", "refused", "restsUntil", "rests",
    "lastRefusalAt", "lastRefusal")
  SELECT i, p, pace, now() - slowed * interval '1 minute', now() - interval '4 minutes', answered, refused,
    now() + rests_for * interval '1 minute', rests, now() - refused_ago * interval '1 minute', words
  FROM (VALUES
    ($1, 'big-mail',             0.125, 12,   0,     0,   25,   3, 2,    $3),
    ($2, 'web-mail',             0.25,  180,  0,     0,   -8,   1, 40,   $3),
    ($2, 'big-mail',             0.5,   31,   96,  2,   NULL, 0, 190,  '421 4.7.0 Try again later, too many connections from your network'),
    ($1, 'office-suite',         0.25,  3,    61,    0,   NULL, 0, NULL, NULL),
    ($2, 'office-suite',         1,     NULL, 88,    12,   NULL, 1, 4300, '554 5.7.1 Client does not resolve to the name it greets with'),
    ($1, 'a-rather-long-name-of-a-hosting-company.example', 1, NULL, 7, 0, NULL, 0, NULL, NULL)
  ) AS seed (i, p, pace, slowed, answered, refused, rests_for, rests, refused_ago, words)
  UNION ALL
  SELECT $1, 'host-' || n || '.example', 1, NULL, now(), n, 0, NULL, 0, NULL, NULL FROM generate_series(1, 60) n
  ON CONFLICT DO NOTHING`;

export async function seedHealth(): Promise<void> {
  const runtime = await findRuntime(E2E_DATA_DIR);
  if (typeof runtime?.databaseUrl !== 'string') throw new Error('the product under test does not run');
  const client = new Client({ connectionString: runtime.databaseUrl, options: '-c TimeZone=UTC' });
  await client.connect();
  try {
    await client.query(SEED, [...IDENTITIES, REFUSAL]);
  } finally {
    await client.end();
  }
}

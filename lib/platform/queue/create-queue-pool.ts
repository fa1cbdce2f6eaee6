// The connections of the worker's queue. Promises that a lost connection is a line in the log, never an uncaught exception; the
// queue retries by itself.
import { Pool } from 'pg';
import { log } from '../log';
import { queueConnectionString } from './enqueue';

const CONNECT_TIMEOUT_MS = 5_000;

export function createQueuePool(size: number): Pool {
  const pool = new Pool({
    connectionString: queueConnectionString(),
    max: size,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'email-verifier queue',
    // The queue's own notes (taken, done) need not wait for the disk: if a database crash loses one, a job runs again and
    // changes nothing. Jobs are added elsewhere, with the rows they belong to, and are durable.
    options: '-c synchronous_commit=off',
  });
  const report = (error: Error): void => log('queue').warn({ error: error.message }, 'a connection of the queue was lost');
  pool.on('error', report);
  pool.on('connect', (client) => client.on('error', report));
  return pool;
}

// Local mode without MAIL_URL: mails are files, one JSON file each, shown at /dev/outbox. Never used in production. Keeps the newest few
// hundred mails. A name is validated before it becomes a path.
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { OUTBOX_MAX_MAILS } from '../limits';
import { env } from '../env';
import type { Mail } from './compose';

const outboxMailSchema = z.object({
  id: z.string(),
  at: z.string(),
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
});
export type OutboxMail = z.infer<typeof outboxMailSchema>;

const FILE_NAME = /^\d{13}-[0-9a-f]{8}\.json$/;

export const isOutboxOn = (): boolean => env().MAIL_URL === undefined && env().APP_MODE === 'local';

export async function keepInOutbox(mail: Mail & { from: string }): Promise<void> {
  const at = new Date();
  const id = `${at.getTime()}-${randomBytes(4).toString('hex')}`;
  // The parent folder is used by others too: PostgreSQL, which runs under its own account, must be able to pass through.
  await mkdir(dirname(folder()), { recursive: true, mode: 0o755 });
  await mkdir(folder(), { recursive: true, mode: 0o700 });
  await writeFile(join(folder(), `${id}.json`), JSON.stringify({ id, at: at.toISOString(), ...mail }, null, 2), { mode: 0o600 });
  const old = (await fileNames()).slice(OUTBOX_MAX_MAILS);
  await Promise.all(old.map((name) => rm(join(folder(), name), { force: true })));
}

/** Newest first. */
export async function listOutbox(): Promise<OutboxMail[]> {
  const mails = await Promise.all((await fileNames()).map((name) => readMail(name)));
  return mails.filter((mail) => mail !== null);
}

export const findOutboxMail = (id: string): Promise<OutboxMail | null> => readMail(`${id}.json`);

const folder = (): string => resolve(/* turbopackIgnore: true */ env().DATA_DIR, 'outbox');

async function fileNames(): Promise<string[]> {
  const names = await readdir(folder()).catch(() => []);
  return names
    .filter((name) => FILE_NAME.test(name))
    .sort()
    .toReversed();
}

async function readMail(name: string): Promise<OutboxMail | null> {
  if (!FILE_NAME.test(name)) return null;
  try {
    return outboxMailSchema.parse(JSON.parse(await readFile(join(folder(), name), 'utf8')));
  } catch {
    return null;
  }
}

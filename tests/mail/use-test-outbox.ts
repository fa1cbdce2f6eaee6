// Call at the top of a test file: its mails go to a separate folder and can be read back.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { listOutbox, type OutboxMail } from '@/lib/platform/mail/outbox';
import { settleMail } from '@/lib/platform/mail/send';
import { useSettings } from '../settings';

export interface TestOutbox {
  /** Newest first, after every mail under way has arrived. */
  mailsTo: (address: string) => Promise<OutboxMail[]>;
  /** The token in the link of the newest mail to an address. */
  tokenFor: (address: string) => Promise<string>;
}

export function useTestOutbox(): TestOutbox {
  const folder = mkdtempSync(join(tmpdir(), 'email-verifier-outbox-'));
  useSettings({ DATA_DIR: folder });
  afterAll(async () => {
    await settleMail();
    rmSync(folder, { recursive: true, force: true });
  });
  const mailsTo = async (address: string) => {
    await settleMail();
    return (await listOutbox()).filter((mail) => mail.to === address);
  };
  const tokenFor = async (address: string) => {
    const [mail] = await mailsTo(address);
    const token = /[?&]token=([\w-]+)/.exec(mail?.text ?? '')?.[1];
    if (token === undefined) throw new Error(`no mail with a token to ${address}`);
    return token;
  };
  return { mailsTo, tokenFor };
}

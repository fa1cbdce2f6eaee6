// Sends a mail behind the caller's back, and where asked finds out behind it which one, so that a page answers as fast for an
// address we know as for one we don't. Tries a few times; a mail that can't be sent is logged without its address, and the visitor can ask for it again. A mail under
// way is lost when the process is killed: every mail posted here can be asked for anew or is only a notice.
import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '@/lib/log';
import type { Mail } from './mail';
import { sendMail } from './send-mail';

const RETRY_DELAYS_MS = [1_000, 5_000, 20_000] as const;

declare global {
  // Shared by the pages, which Next loads in a bundle of its own, and the web process, which waits for mails when it stops.
  var emailVerifierMailUnderWay: Set<Promise<void>> | undefined;
}

const underWay = (globalThis.emailVerifierMailUnderWay ??= new Set());

/** Which mail is to be sent, if any; asked again when it throws. */
export type MailToFind = () => Promise<Mail | null>;

export function postMail(mail: Mail | MailToFind): void {
  const sending = deliver(mail).finally(() => underWay.delete(sending));
  underWay.add(sending);
}

/** Resolves when nothing is under way any more. */
export async function settleMail(): Promise<void> {
  while (underWay.size > 0) await Promise.all(underWay);
}

async function deliver(wanted: Mail | MailToFind): Promise<void> {
  let mail = typeof wanted === 'function' ? undefined : wanted;
  for (const delayMs of [...RETRY_DELAYS_MS, null]) {
    try {
      mail ??= typeof wanted === 'function' ? ((await wanted()) ?? undefined) : wanted;
      return mail && (await sendMail(mail));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : 'unknown';
      if (delayMs === null) return log('mail').error({ code, subject: mail?.subject ?? null }, 'a mail could not be sent');
      await sleep(delayMs, undefined, { ref: false });
    }
  }
}

// The only way to send mail: SMTP through nodemailer with MAIL_URL; otherwise, in local mode, a file in the outbox. Throws if neither is
// configured. Nothing in an address or a subject can start a new header. A posted mail is retried a few times; if that fails, the failure
// is logged without the address. A posted mail is lost if the process is killed, so only mails that can be requested again, or are mere
// notices, may be posted.
import { setTimeout as sleep } from 'node:timers/promises';
import { createTransport, type Transporter } from 'nodemailer';
import { env } from '../env';
import { log } from '../log';
import type { Mail } from './compose';
import { isOutboxOn, keepInOutbox } from './outbox';

declare global {
  // Shared by the pages, which Next loads in a separate bundle, and the web process, which waits for mails when it stops.
  var emailVerifierMailUnderWay: Set<Promise<void>> | undefined;
}

/** Determines which mail to send, if any. Called again if it throws. */
export type MailToFind = () => Promise<Mail | null>;

/** Passed next to the URL, because these apply to the connection; createTransport's second argument is about messages. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 } as const;
const LINE_BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
const RETRY_DELAYS_MS = [1_000, 5_000, 20_000] as const;

let transport: { url: string; transporter: Transporter } | undefined;

const underWay = (globalThis.emailVerifierMailUnderWay ??= new Set());

export async function sendMail(mail: Mail): Promise<void> {
  const { MAIL_FROM, MAIL_URL } = env();
  // A mail to "a@b\r\nBcc: c@d" must not be sent at all, not even after cleaning it up.
  if (mail.to.search(LINE_BREAKS) !== -1 || /[<>,;]/.test(mail.to)) throw new Error('The recipient is not one plain address.');
  const clean = { ...mail, subject: mail.subject.replace(LINE_BREAKS, ' ') };
  if (isOutboxOn()) return keepInOutbox({ ...clean, from: MAIL_FROM });
  if (MAIL_URL === undefined) throw new Error('MAIL_URL is not set.');
  await transporterFor(MAIL_URL).sendMail({
    ...clean,
    to: { name: '', address: clean.to },
    from: MAIL_FROM,
    disableFileAccess: true,
    disableUrlAccess: true,
    headers: { 'Auto-Submitted': 'auto-generated' },
  });
}

/**
 * Sends in the background. A function given instead of a mail also runs there to find the mail, so that a page answers as fast for an
 * address we know as for one we don't.
 */
export function postMail(mail: Mail | MailToFind): void {
  const sending = deliver(mail).finally(() => underWay.delete(sending));
  underWay.add(sending);
}

/** Resolves when no mail is being sent any more. */
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

function transporterFor(url: string): Transporter {
  if (transport?.url === url) return transport.transporter;
  transport = { url, transporter: createTransport({ url, ...TIMEOUTS }) };
  return transport.transporter;
}

// The one door for outgoing mail. With MAIL_URL: SMTP through nodemailer. Without, in local mode: a file in the outbox.
// Promises that nothing in an address or a subject can start a new header. Refuses to send anywhere when neither is set.
import { createTransport, type Transporter } from 'nodemailer';
import { env } from '@/lib/env';
import type { Mail } from './mail';
import { isOutboxOn, keepInOutbox } from './outbox';

const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 } as const;
const LINE_BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

let transport: { url: string; transporter: Transporter } | undefined;

export async function sendMail(mail: Mail): Promise<void> {
  const { MAIL_FROM, MAIL_URL } = env();
  // A mail to "a@b\r\nBcc: c@d" must not be sent at all, not even mended.
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

function transporterFor(url: string): Transporter {
  if (transport?.url === url) return transport.transporter;
  transport = { url, transporter: createTransport(url, { ...TIMEOUTS }) };
  return transport.transporter;
}

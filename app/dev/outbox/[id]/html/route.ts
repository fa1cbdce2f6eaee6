// A mail of the outbox as a mail program shows it. It can't run scripts: the page policy allows only ours.
import { maySeeOutbox } from '@/lib/platform/http/outbox-access';
import { findOutboxMail } from '@/lib/platform/mail/outbox';

export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const mail = (await maySeeOutbox()) ? await findOutboxMail((await params).id) : null;
  if (mail === null) return new Response(null, { status: 404 });
  return new Response(mail.html, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
}

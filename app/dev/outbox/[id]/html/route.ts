// A mail of the outbox as mail programs show it. Runs nothing: the page policy allows no script that isn't ours.
import { maySeeOutbox } from '@/lib/platform/http/outbox-access';
import { findOutboxMail } from '@/lib/platform/mail/outbox';

export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const mail = (await maySeeOutbox()) ? await findOutboxMail((await params).id) : null;
  if (mail === null) return new Response(null, { status: 404 });
  return new Response(mail.html, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
}

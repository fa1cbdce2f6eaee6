import Link from 'next/link';
import { notFound } from 'next/navigation';
import { TEXT_LINK } from '@/components/auth/auth-card';
import { MailText } from '@/components/outbox/mail-text';
import { PageHeader } from '@/components/ui/page-header';
import { findOutboxMail, isOutboxOn } from '@/lib/mail/outbox';

export default async function OutboxMailPage({ params }: { params: Promise<{ id: string }> }) {
  const mail = isOutboxOn() ? await findOutboxMail((await params).id) : null;
  if (mail === null) notFound();
  return (
    <>
      <Link href="/dev/outbox" className={`${TEXT_LINK} text-body`}>
        All mails
      </Link>
      <div className="mt-4">
        <PageHeader title={mail.subject} description={`From ${mail.from} to ${mail.to}`} />
      </div>
      <h2 className="mb-2 text-body font-semibold">As text</h2>
      <MailText text={mail.text} />
      <h2 className="mt-8 mb-2 text-body font-semibold">As HTML</h2>
      {/* Sandboxed: no scripts, no forms; a click on a link opens it in this window. */}
      <iframe
        title="The mail as HTML"
        sandbox="allow-top-navigation-by-user-activation"
        srcDoc={`<base target="_top">${mail.html}`}
        className="h-96 w-full rounded-card border border-hairline"
      />
    </>
  );
}

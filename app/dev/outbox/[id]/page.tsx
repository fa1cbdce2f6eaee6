import Link from 'next/link';
import { notFound } from 'next/navigation';
import { TEXT_LINK } from '@/components/auth/auth-card';
import { MailText } from '@/components/outbox/mail-text';
import { PageHeader } from '@/components/ui/page-header';
import { maySeeOutbox } from '@/lib/auth/may-see-outbox';
import { findOutboxMail } from '@/lib/mail/outbox';

export default async function OutboxMailPage({ params }: { params: Promise<{ id: string }> }) {
  const mail = (await maySeeOutbox()) ? await findOutboxMail((await params).id) : null;
  if (mail === null) notFound();
  return (
    <>
      <Link href="/dev/outbox" className={`${TEXT_LINK} text-body`}>
        All mails
      </Link>
      <div className="mt-4">
        <PageHeader title={mail.subject} description={`From ${mail.from} to ${mail.to}`} />
      </div>
      <MailText text={mail.text} />
      <a href={`/dev/outbox/${mail.id}/html`} className={`${TEXT_LINK} mt-4 inline-block text-body`}>
        Open it as HTML
      </a>
    </>
  );
}

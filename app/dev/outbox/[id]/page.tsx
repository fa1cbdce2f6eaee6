import Link from 'next/link';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { TEXT_LINK } from '@/components/auth/auth-card';
import { PageHeader } from '@/components/ui/page-header';
import { maySeeOutbox } from '@/lib/platform/http/outbox-access';
import { findOutboxMail } from '@/lib/platform/mail/outbox';

interface Props {
  params: Promise<{ id: string }>;
}

/** Read once, for both the page and its title. */
const find = cache(async (id: string) => ((await maySeeOutbox()) ? findOutboxMail(id) : null));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await find((await params).id))?.subject ?? 'Mail' };
}

export default async function OutboxMailPage({ params }: Props) {
  const mail = await find((await params).id);
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

const LINK = /(https?:\/\/[^\s<>"]+)/;

/** A mail's text, with clickable links. */
function MailText({ text }: { text: string }) {
  return (
    <pre className="rounded-card border border-hairline bg-raised p-4 font-sans text-body break-words whitespace-pre-wrap">
      {text.split(LINK).map((part, index) =>
        LINK.test(part) ? (
          <a key={index} href={part} className={`${TEXT_LINK} break-all`}>
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </pre>
  );
}

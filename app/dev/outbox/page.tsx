import { notFound } from 'next/navigation';
import Link from 'next/link';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { maySeeOutbox } from '@/lib/platform/http/outbox-access';
import { listOutbox } from '@/lib/platform/mail/outbox';

export default async function OutboxPage() {
  if (!(await maySeeOutbox())) notFound();
  const mails = await listOutbox();
  return (
    <>
      <PageHeader
        title="Outbox"
        description="Mails that this machine would have sent. With MAIL_URL set they go out, and this page is gone."
      />
      {mails.length === 0 ? (
        <EmptyState title="No mail yet" description="Sign up, or ask for a new password: the mail appears here." />
      ) : (
        <ul className="divide-y divide-hairline overflow-hidden rounded-card border border-hairline">
          {mails.map((mail) => (
            <li key={mail.id}>
              <Link
                href={`/dev/outbox/${mail.id}`}
                className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-4 py-3 hover:bg-sunken"
              >
                <span className="text-body font-medium">{mail.subject}</span>
                <span className="text-table text-muted">
                  to <span className="font-mono">{mail.to}</span> · <RelativeTime iso={mail.at} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

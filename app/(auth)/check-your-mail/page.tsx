import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { AuthCard, TEXT_LINK } from '@/components/auth/auth-card';
import { ResendForm } from '@/components/auth/resend-form';
import { BreakableName } from '@/components/ui/breakable-name';
import { findPendingMail, type PendingMail } from '@/lib/accounts/web/cookies';
import { maySeeOutbox } from '@/lib/platform/http/outbox-access';
import { resendAction } from './_actions';

export const metadata: Metadata = { title: 'Check your email' };

const WHAT_NEXT: Readonly<Record<PendingMail['kind'], string>> = {
  verify: 'Open the link in it to continue, ideally in this browser. It works for 24 hours.',
  reset: 'Open the link in it to choose a new password. It works for one hour.',
  magic_link: 'Open the link in it to sign in. It works once, for one hour.',
};

export default async function CheckYourMailPage() {
  const pending = await findPendingMail();
  if (pending === null) redirect('/signin');
  const description = (
    <>
      We sent an email to <BreakableName name={pending.email} className="text-fg" />. {WHAT_NEXT[pending.kind]}
    </>
  );
  const footer = (
    <>
      <p>Nothing there? Check the spam folder, and that the address is right.</p>
      <Link href={pending.kind === 'verify' ? '/signup' : '/signin'} className={TEXT_LINK}>
        Use another address
      </Link>
    </>
  );
  return (
    <AuthCard title="Check your email" description={description} footer={footer}>
      {(await maySeeOutbox()) && (
        <Link href="/dev/outbox" className={`${TEXT_LINK} self-start text-body`}>
          This machine doesn’t send mail: open its outbox
        </Link>
      )}
      <ResendForm action={resendAction} />
    </AuthCard>
  );
}

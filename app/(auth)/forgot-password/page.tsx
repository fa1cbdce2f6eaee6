import type { Metadata } from 'next';
import Link from 'next/link';
import { AuthCard, TEXT_LINK } from '@/components/auth/auth-card';
import { EmailForm } from '@/components/auth/email-form';
import { HOME_PATH } from '@/lib/accounts/rules/account';
import { requestResetAction } from './_actions';

export const metadata: Metadata = { title: 'Choose a new password' };

export default function ForgotPasswordPage() {
  const footer = (
    <Link href="/signin" className={TEXT_LINK}>
      Back to sign in
    </Link>
  );
  return (
    <AuthCard title="Choose a new password" description="We’ll email you a link to choose one." footer={footer}>
      <EmailForm action={requestResetAction} label="Email me the link" callbackPath={HOME_PATH} />
    </AuthCard>
  );
}

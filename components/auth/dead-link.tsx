import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { AuthCard } from './auth-card';

interface DeadLinkProps {
  hint: string;
  href: string;
  label: string;
}

/** A mailed link that no longer works, and what to do instead. */
export function DeadLink({ hint, href, label }: DeadLinkProps) {
  return (
    <AuthCard title="This link no longer works" description={`It has already been used or has expired. ${hint}`}>
      <Button asChild>
        <Link href={href}>{label}</Link>
      </Button>
    </AuthCard>
  );
}

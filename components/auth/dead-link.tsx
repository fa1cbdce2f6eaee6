import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { AuthCard } from './auth-card';

interface DeadLinkProps {
  hint: string;
  href: string;
  label: string;
}

/** A mailed link that works no more, and the way on. */
export function DeadLink({ hint, href, label }: DeadLinkProps) {
  return (
    <AuthCard title="This link works no more" description={`It was used already or is out of date. ${hint}`}>
      <Button asChild>
        <Link href={href}>{label}</Link>
      </Button>
    </AuthCard>
  );
}

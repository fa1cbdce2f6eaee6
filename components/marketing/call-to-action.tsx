import Link from 'next/link';
import { Button } from '@/components/ui/button';

interface CallToActionProps {
  title: string;
  children: string;
  /** Which of the two buttons is the primary one. */
  first?: 'account' | 'check';
}

const WAYS = {
  account: { href: '/signup', label: 'Start free' },
  check: { href: '/', label: 'Check one address' },
} as const;

/** The one thing to do at the end of a page, and an alternative. */
export function CallToAction({ title, children, first = 'account' }: CallToActionProps) {
  const second = first === 'account' ? 'check' : 'account';
  return (
    <aside className="rounded-dialog border border-hairline bg-raised px-5 py-10 text-center sm:px-10">
      <h2 className="text-page font-semibold tracking-tight text-balance">{title}</h2>
      <p className="mx-auto mt-2 max-w-xl text-lead text-balance text-muted">{children}</p>
      <div className="mt-6 flex flex-wrap justify-center gap-3">
        <Button asChild size="lg">
          <Link href={WAYS[first].href}>{WAYS[first].label}</Link>
        </Button>
        <Button asChild size="lg" variant="secondary">
          <Link href={WAYS[second].href}>{WAYS[second].label}</Link>
        </Button>
      </div>
    </aside>
  );
}

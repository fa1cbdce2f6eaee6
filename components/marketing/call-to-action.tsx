import Link from 'next/link';
import { Button } from '@/components/ui/button';

interface CallToActionProps {
  title: string;
  children: string;
}

export function CallToAction({ title, children }: CallToActionProps) {
  return (
    <aside className="rounded-dialog border border-hairline bg-raised px-5 py-10 text-center sm:px-10">
      <h2 className="text-page font-semibold tracking-tight">{title}</h2>
      <p className="mx-auto mt-2 max-w-xl text-lead text-muted">{children}</p>
      <div className="mt-6 flex flex-wrap justify-center gap-3">
        <Button asChild size="lg">
          <Link href="/signup">Start free</Link>
        </Button>
        <Button asChild size="lg" variant="secondary">
          <Link href="/">Check one address</Link>
        </Button>
      </div>
    </aside>
  );
}

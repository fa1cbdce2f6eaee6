import Link from 'next/link';
import { cn } from './cn';

interface BreadcrumbProps {
  parent: { href: string; label: string };
  /** What this page shows, by the name that people know, never by an id. */
  here: string;
  isMono?: boolean;
}

/** The link back, above the title of a page about one thing. */
export function Breadcrumb({ parent, here, isMono = false }: BreadcrumbProps) {
  return (
    <nav aria-label="Breadcrumb" className="mb-2 flex min-w-0 gap-1.5 text-table text-muted">
      <Link href={parent.href} className="shrink-0 rounded-control hover:text-fg">
        {parent.label}
      </Link>
      <span aria-hidden="true">/</span>
      <span aria-current="page" title={here} className={cn('min-w-0 truncate', isMono && 'font-mono')}>
        {here}
      </span>
    </nav>
  );
}

import Link from 'next/link';
import type { Page } from '@/content/page';

/** The link from a text page to the page above it. */
export function PageBreadcrumb({ parent, here }: { parent: Page; here: string }) {
  return (
    <nav aria-label="Breadcrumb" className="mb-4 text-table text-muted">
      <Link href={parent.path} className="rounded-control hover:text-fg">
        {parent.title}
      </Link>{' '}
      / <span aria-current="page">{here}</span>
    </nav>
  );
}

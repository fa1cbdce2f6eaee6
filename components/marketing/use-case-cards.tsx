import { ClipboardCheck, Database, ListChecks, UsersRound, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import { USE_CASES } from '@/content/shelves';

const ICONS: Readonly<Record<string, LucideIcon>> = {
  '/use-cases/signup-forms': ClipboardCheck,
  '/use-cases/list-cleaning': ListChecks,
  '/use-cases/crm-hygiene': Database,
  '/use-cases/agencies': UsersRound,
};

export function UseCaseCards() {
  return (
    <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
      {USE_CASES.articles.map(({ path, title, description }) => {
        const Icon = ICONS[path] ?? ClipboardCheck;
        return (
          <li key={path}>
            <Link
              href={path}
              prefetch={false}
              className="flex h-full flex-col rounded-dialog border border-hairline bg-bg p-5 transition-colors hover:border-control"
            >
              <Icon aria-hidden="true" className="size-5 text-accent" />
              <span className="mt-4 text-lead font-semibold">{title}</span>
              <span className="mt-2 text-body text-muted">{description}</span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

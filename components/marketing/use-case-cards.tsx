import { ClipboardCheck, Database, ListChecks, UsersRound } from 'lucide-react';
import Link from 'next/link';
import { USE_CASE_CARDS } from '@/content/use-cases/use-case-cards';

const ICONS = {
  '/use-cases/signup-forms': ClipboardCheck,
  '/use-cases/list-cleaning': ListChecks,
  '/use-cases/crm-hygiene': Database,
  '/use-cases/agencies': UsersRound,
} as const;

export function UseCaseCards() {
  return (
    <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
      {USE_CASE_CARDS.map(({ path, title, text }) => {
        const Icon = ICONS[path];
        return (
          <li key={path}>
            <Link
              href={path}
              prefetch={false}
              className="flex h-full flex-col rounded-dialog border border-hairline bg-card p-5 transition-colors hover:border-control"
            >
              <Icon aria-hidden="true" className="size-5 text-accent" />
              <span className="mt-4 text-lead font-semibold">{title}</span>
              <span className="mt-2 text-body text-muted">{text}</span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

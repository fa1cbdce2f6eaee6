import Link from 'next/link';
import { cn } from './cn';

export interface TabItem {
  href: string;
  label: string;
  isCurrent: boolean;
}

/** Tabs are links: the open one is part of the URL. */
export function Tabs({ label, items }: { label: string; items: readonly TabItem[] }) {
  return (
    <nav aria-label={label} className="flex gap-1 overflow-x-auto border-b border-hairline">
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          aria-current={item.isCurrent ? 'page' : undefined}
          className={cn(
            '-mb-px border-b-2 px-3 py-2 text-body font-medium whitespace-nowrap -outline-offset-2 transition-colors',
            item.isCurrent ? 'border-accent text-fg' : 'border-transparent text-muted hover:text-fg',
          )}
        >
          {item.label}
        </Link>
      ))}
    </nav>
  );
}

import { Braces, Rows3, Tag } from 'lucide-react';
import Link from 'next/link';
import { formatPerThousand, PACK_IDS, PACKS } from '@/lib/billing/rules/offers';
import { FREE_PLAN_CREDITS_A_MONTH, LIST_ROWS_MAX } from '@/lib/platform/limits';
import { formatCount } from '@/lib/platform/numbers';

const BIGGEST = PACKS[PACK_IDS[PACK_IDS.length - 1] ?? '1m'];

const WAYS = [
  { href: '/developers', Icon: Braces, title: 'API', text: 'One call, one verdict. SDKs in seven languages.' },
  {
    href: '/use-cases/list-cleaning',
    Icon: Rows3,
    title: 'Lists',
    text: `CSV or Excel with up to ${formatCount(LIST_ROWS_MAX)} rows.`,
  },
  {
    href: '/pricing',
    Icon: Tag,
    title: 'Price',
    text: `${FREE_PLAN_CREDITS_A_MONTH} credits a month free, then from ${formatPerThousand(BIGGEST.priceCents, BIGGEST.credits)} per 1,000.`,
  },
] as const;

/** The other ways to use the product besides the form, and what they cost, visible without scrolling. */
export function WaysIn() {
  return (
    <ul className="grid gap-px overflow-hidden rounded-dialog border border-hairline bg-hairline sm:grid-cols-3">
      {WAYS.map(({ href, Icon, title, text }) => (
        <li key={href} className="bg-card">
          <Link
            href={href}
            prefetch={false}
            className="flex h-full gap-3 p-4 -outline-offset-2 transition-colors hover:bg-hover sm:p-5"
          >
            <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-accent" />
            <span>
              <span className="block text-body font-semibold">{title}</span>
              <span className="block text-body text-balance text-muted">{text}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

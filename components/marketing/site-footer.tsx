import Link from 'next/link';
import { Logo } from '@/components/shell/logo';
import { ThemeSwitch } from '@/components/shell/theme-switch';
import { type NavigationGroup, navigationGroups } from '@/content/site-navigation';

export function SiteFooter({ hasSandbox }: { hasSandbox: boolean }) {
  return (
    <footer className="later border-t border-hairline">
      <div className="mx-auto max-w-6xl px-4 sm:px-6">
        <div className="grid gap-10 py-12 lg:grid-cols-[1fr_3fr] lg:py-16">
          <div className="flex flex-col items-start gap-3">
            <Logo />
            <p className="max-w-xs text-table text-muted">
              Find out whether a mailbox exists, without sending mail, and see the evidence.
            </p>
          </div>
          <div className="grid grid-cols-2 gap-x-6 gap-y-8 sm:grid-cols-3 xl:grid-cols-5">
            {navigationGroups(hasSandbox).map((group) => (
              <FooterList key={group.title} group={group} />
            ))}
          </div>
        </div>
        <div className="flex flex-wrap items-center justify-between gap-4 border-t border-hairline py-6 text-table text-muted">
          <p>Open source under the MIT license. No trackers on this site.</p>
          {/* The icon, not the button around it, is on the margin. */}
          <div className="-mx-2">
            <ThemeSwitch />
          </div>
        </div>
      </div>
    </footer>
  );
}

function FooterList({ group: { title, links } }: { group: NavigationGroup }) {
  return (
    <nav aria-label={title}>
      <p className="text-table font-semibold">{title}</p>
      <ul className="mt-2 flex flex-col">
        {links.map((link) => (
          <li key={link.href}>
            <Link
              href={link.href}
              prefetch={false}
              className="inline-block rounded-control py-1 text-table text-muted transition-colors hover:text-fg"
            >
              {link.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

import Link from 'next/link';
import { Logo } from '@/components/shell/logo';
import { ThemeSwitch } from '@/components/shell/theme-switch';
import { type NavigationGroup, navigationGroups } from '@/content/site-navigation';

export function SiteFooter({ hasSandbox }: { hasSandbox: boolean }) {
  return (
    <footer className="border-t border-hairline">
      <div className="mx-auto flex max-w-5xl flex-col gap-10 px-4 py-12 sm:px-6 lg:flex-row lg:justify-between">
        <div className="flex flex-col items-start gap-3">
          <Logo />
          <p className="max-w-xs text-table text-muted">
            Tells whether a mailbox exists without sending mail, and shows why it says so.
          </p>
          <ThemeSwitch />
        </div>
        <div className="grid grid-cols-2 gap-x-10 gap-y-8 sm:grid-cols-4">
          {navigationGroups(hasSandbox).map((group) => (
            <FooterList key={group.title} group={group} />
          ))}
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

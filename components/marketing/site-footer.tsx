import Link from 'next/link';
import { Logo } from '@/components/shell/logo';
import { ThemeSwitch } from '@/components/shell/theme-switch';

interface FooterLink {
  href: string;
  label: string;
}

const LEGAL: readonly FooterLink[] = [
  { href: '/terms', label: 'Terms' },
  { href: '/acceptable-use', label: 'Acceptable use' },
  { href: '/privacy', label: 'Privacy' },
];

export function SiteFooter({ hasSandbox }: { hasSandbox: boolean }) {
  const product: readonly FooterLink[] = [
    { href: '/', label: 'Free verifier' },
    { href: '/pricing', label: 'Pricing' },
    { href: '/learn', label: 'Learn' },
    { href: '/learn/smtp-verification', label: 'SMTP verification' },
    ...(hasSandbox ? [{ href: '/sandbox', label: 'Sandbox addresses' }] : []),
  ];
  return (
    <footer className="border-t border-hairline">
      <div className="mx-auto flex max-w-5xl flex-col gap-8 px-4 py-12 sm:flex-row sm:justify-between sm:px-6">
        <div className="flex flex-col items-start gap-3">
          <Logo />
          <p className="max-w-xs text-table text-muted">
            Tells whether a mailbox exists without sending mail, and shows why it says so.
          </p>
          <ThemeSwitch />
        </div>
        <div className="flex gap-12 sm:gap-16">
          <FooterList title="Product" links={product} />
          <FooterList title="Legal" links={LEGAL} />
        </div>
      </div>
    </footer>
  );
}

function FooterList({ title, links }: { title: string; links: readonly FooterLink[] }) {
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

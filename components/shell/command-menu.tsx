'use client';

import { MailCheck, Moon } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Palette, type PaletteChoice } from '@/components/ui/palette';
import { navItems, type ExtraPage, type NavItem } from './nav-items';

/** Goes to any page by its name. Text with an @ can be verified right away. */
export function CommandMenu({ extraPages }: { extraPages: readonly ExtraPage[] }) {
  const router = useRouter();
  const pages = navItems(extraPages).map(({ href, label, Icon }) => choice(label, Icon, () => router.push(href)));
  const theme = choice('Switch between light and dark theme', Moon, () => window.switchTheme?.());
  const choicesFor = (typed: string) => {
    const words = typed.trim().toLowerCase().split(/\s+/);
    const found = [...pages, theme].filter(({ key }) => words.every((word) => key.toLowerCase().includes(word)));
    if (!typed.includes('@')) return found;
    const address = typed.trim();
    return [choice(`Verify ${address}`, MailCheck, () => router.push(`/verify?email=${encodeURIComponent(address)}`)), ...found];
  };
  return <Palette label="Command menu" placeholder="Search pages, or type an address to verify" choicesFor={choicesFor} />;
}

const choice = (label: string, Icon: NavItem['Icon'], act: () => void): PaletteChoice => ({
  key: label,
  act,
  content: (
    <span className="flex h-9 items-center gap-2.5">
      <Icon aria-hidden="true" className="size-4 shrink-0 text-muted" />
      <span className="truncate">{label}</span>
    </span>
  ),
});

import {
  BookOpen,
  ChartNoAxesColumn,
  CreditCard,
  FlaskConical,
  Gauge,
  History,
  KeyRound,
  LayoutDashboard,
  ListChecks,
  MailCheck,
  Settings,
  Webhook,
} from 'lucide-react';
import type { ComponentType } from 'react';

export interface NavItem {
  href: string;
  label: string;
  Icon: ComponentType<{ className?: string; 'aria-hidden'?: 'true' }>;
}

/** Pages that not everybody has: the sandbox, if there is one, and the operator's page, for operators. */
export type ExtraPage = 'sandbox' | 'operator';

export interface NavGroup {
  /** Null for the items above all groups. */
  title: string | null;
  items: readonly NavItem[];
}

/** The app's pages, grouped as in the sidebar. Groups without a page are left out. */
export function navGroups(extraPages: readonly ExtraPage[]): readonly NavGroup[] {
  const has = (page: ExtraPage) => extraPages.includes(page);
  const groups: NavGroup[] = [
    { title: null, items: [{ href: '/dashboard', label: 'Dashboard', Icon: LayoutDashboard }] },
    {
      title: 'Work',
      items: [
        { href: '/verify', label: 'Verify', Icon: MailCheck },
        { href: '/lists', label: 'Lists', Icon: ListChecks },
        { href: '/verifications', label: 'History', Icon: History },
      ],
    },
    {
      title: 'Developers',
      items: [
        { href: '/keys', label: 'API keys', Icon: KeyRound },
        { href: '/webhooks', label: 'Webhooks', Icon: Webhook },
        ...(has('sandbox') ? [{ href: '/sandbox', label: 'Sandbox addresses', Icon: FlaskConical }] : []),
        { href: '/docs', label: 'Documentation', Icon: BookOpen },
      ],
    },
    {
      title: 'Workspace',
      items: [
        { href: '/usage', label: 'Usage', Icon: ChartNoAxesColumn },
        { href: '/billing', label: 'Billing', Icon: CreditCard },
        { href: '/settings', label: 'Settings', Icon: Settings },
      ],
    },
    { title: 'Operator', items: has('operator') ? [{ href: '/operator', label: 'Operator console', Icon: Gauge }] : [] },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

/** The same pages without groups, for the command menu. */
export const navItems = (extraPages: readonly ExtraPage[]): readonly NavItem[] =>
  navGroups(extraPages).flatMap(({ items }) => items);

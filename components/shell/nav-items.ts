import {
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

/** Pages that are not everybody's: the sandbox where there is one, the operator's page for operators. */
export type ExtraPage = 'sandbox' | 'operator';

const SANDBOX: NavItem = { href: '/sandbox', label: 'Sandbox addresses', Icon: FlaskConical };
const OPERATOR: NavItem = { href: '/operator', label: 'Operator', Icon: Gauge };

/** The app's pages, in the order of the sidebar and the command menu. */
export const navItems = (extraPages: readonly ExtraPage[]): readonly NavItem[] => [
  { href: '/dashboard', label: 'Dashboard', Icon: LayoutDashboard },
  { href: '/verify', label: 'Verify', Icon: MailCheck },
  { href: '/lists', label: 'Lists', Icon: ListChecks },
  { href: '/verifications', label: 'History', Icon: History },
  { href: '/keys', label: 'API keys', Icon: KeyRound },
  { href: '/usage', label: 'Usage', Icon: ChartNoAxesColumn },
  { href: '/webhooks', label: 'Webhooks', Icon: Webhook },
  { href: '/billing', label: 'Billing', Icon: CreditCard },
  ...(extraPages.includes('sandbox') ? [SANDBOX] : []),
  { href: '/settings', label: 'Settings', Icon: Settings },
  ...(extraPages.includes('operator') ? [OPERATOR] : []),
];

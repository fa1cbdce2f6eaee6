import { FlaskConical, History, KeyRound, LayoutDashboard, MailCheck, Settings } from 'lucide-react';
import type { ComponentType } from 'react';

export interface NavItem {
  href: string;
  label: string;
  Icon: ComponentType<{ className?: string; 'aria-hidden'?: 'true' }>;
}

const SANDBOX: NavItem = { href: '/sandbox', label: 'Sandbox addresses', Icon: FlaskConical };

/** The app's pages, in the order of the sidebar and the command menu. */
export const navItems = (hasSandbox: boolean): readonly NavItem[] => [
  { href: '/dashboard', label: 'Dashboard', Icon: LayoutDashboard },
  { href: '/verify', label: 'Verify', Icon: MailCheck },
  { href: '/verifications', label: 'History', Icon: History },
  { href: '/keys', label: 'API keys', Icon: KeyRound },
  ...(hasSandbox ? [SANDBOX] : []),
  { href: '/settings', label: 'Settings', Icon: Settings },
];

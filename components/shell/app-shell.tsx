import type { ReactNode } from 'react';
import { ConnectionNote } from '@/components/ui/connection/connection-note';
import { PaletteButton, PaletteIcon } from '@/components/ui/palette-button';
import { Toaster } from '@/components/ui/toaster';
import { AppNav } from './app-nav';
import { CommandMenu } from './command-menu';
import { FocusKeeper } from './focus-keeper';
import { Logo } from './logo';
import { MobileDrawer } from './mobile-drawer';
import type { ExtraPage } from './nav-items';
import { ThemeSwitch } from './theme-switch';
import { UserMenu } from './user-menu';

interface AppShellProps {
  workspaceName: string;
  user: { name: string | null; email: string };
  /** Streamed in later: the frame does not wait for it. */
  credits: ReactNode;
  notice?: ReactNode;
  extraPages: readonly ExtraPage[];
  children: ReactNode;
}

/** The sidebar and the page. On a phone, the sidebar is a bar with a drawer. */
export function AppShell({ workspaceName, user, credits, notice, extraPages, children }: AppShellProps) {
  const foot = (
    <div className="flex flex-col gap-2">
      <div className="rounded-card border border-hairline bg-card px-3 py-2.5">
        <p className="truncate text-meta text-muted">{workspaceName}</p>
        <div className="mt-0.5 text-table font-medium tabular-nums">{credits}</div>
      </div>
      <div className="flex items-center gap-1">
        <div className="min-w-0 flex-1">
          <UserMenu name={user.name} email={user.email} />
        </div>
        <ThemeSwitch />
      </div>
    </div>
  );
  return (
    <div className="min-h-dvh bg-canvas lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
      <header className="sticky top-0 z-30 flex h-13 items-center justify-between border-b border-hairline bg-canvas px-4 lg:hidden">
        <Logo href="/dashboard" />
        <div className="flex items-center gap-1">
          <PaletteIcon label="Go to…" />
          <MobileDrawer extraPages={extraPages}>{foot}</MobileDrawer>
        </div>
      </header>
      <aside
        aria-label="Sidebar"
        className="sticky top-0 hidden h-dvh flex-col gap-4 border-r border-hairline bg-canvas p-3 lg:flex"
      >
        <div className="px-2 pt-1">
          <Logo href="/dashboard" />
        </div>
        <PaletteButton className="bg-card">Go to…</PaletteButton>
        <AppNav extraPages={extraPages} />
        {foot}
      </aside>
      <main id="main" tabIndex={-1} className="min-w-0 outline-none">
        {notice}
        <div className="mx-auto max-w-7xl px-4 py-6 sm:px-6 lg:px-8 lg:py-8">{children}</div>
      </main>
      <CommandMenu extraPages={extraPages} />
      <FocusKeeper />
      <ConnectionNote />
      <Toaster />
    </div>
  );
}

'use client';

import { Menu, X } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { Dialog } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { AppNav } from './app-nav';
import { Logo } from './logo';
import type { ExtraPage } from './nav-items';

/** The sidebar on a phone. */
export function MobileDrawer({ extraPages, children }: { extraPages: readonly ExtraPage[]; children: ReactNode }) {
  const path = usePathname();
  // Open only on the page where it was opened, so any navigation closes it.
  const [openAt, setOpenAt] = useState<string | null>(null);
  return (
    <Dialog.Root open={openAt === path} onOpenChange={(isOpen) => setOpenAt(isOpen ? path : null)}>
      <Dialog.Trigger asChild>
        <Button variant="ghost" aria-label="Open the menu" className="-mr-2 w-9 px-0 pointer-coarse:w-10">
          <Menu aria-hidden="true" className="size-5" />
        </Button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 flex w-80 max-w-[85vw] animate-slide flex-col gap-4 border-r border-hairline bg-float p-4 shadow-float"
        >
          <div className="flex items-center justify-between">
            <Dialog.Title className="sr-only">Menu</Dialog.Title>
            <Logo href="/dashboard" />
            <Dialog.Close asChild>
              <Button variant="ghost" aria-label="Close the menu" className="w-9 px-0 pointer-coarse:w-10">
                <X aria-hidden="true" className="size-4" />
              </Button>
            </Dialog.Close>
          </div>
          <AppNav extraPages={extraPages} onNavigate={() => setOpenAt(null)} />
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

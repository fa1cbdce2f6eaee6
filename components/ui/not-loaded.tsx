'use client';

import { X } from 'lucide-react';
import { Button } from './button';

interface NotLoadedProps {
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
}

/** In place of a dialog whose code could not be loaded, as after an update of the server: the page goes on. */
export function NotLoaded({ isOpen, onOpenChange }: NotLoadedProps) {
  if (!isOpen) return null;
  return (
    <div
      role="alert"
      className="fixed inset-x-4 top-[15vh] z-50 mx-auto flex max-w-lg flex-wrap items-center gap-3 rounded-dialog border border-hairline bg-float p-4 text-body shadow-float"
    >
      <p className="min-w-0 grow basis-48">This could not be loaded. The page itself works on.</p>
      <Button size="sm" onClick={() => window.location.reload()}>
        Reload the page
      </Button>
      <Button variant="ghost" size="sm" aria-label="Close" className="w-7 px-0" onClick={() => onOpenChange(false)}>
        <X aria-hidden="true" className="size-4" />
      </Button>
    </div>
  );
}

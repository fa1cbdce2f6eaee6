'use client';

import { Toaster as Sonner } from 'sonner';

/** Where toasts appear. Call sonner's `toast` to show one. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-full font-sans items-start gap-3 rounded-card border border-hairline bg-float px-4 py-3 text-body text-fg shadow-float',
          description: 'text-table text-muted',
        },
      }}
    />
  );
}

'use client';

import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { formatCount } from '@/lib/platform/numbers';

/** One row in full, above the table. It has its own URL; closing it returns to the table's. */
export function RowDrawer({ row, closeHref, children }: { row: number; closeHref: string; children: ReactNode }) {
  const router = useRouter();
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) router.push(closeHref, { scroll: false });
      }}
      title={`Row ${formatCount(row)}`}
      className="top-0 right-0 left-auto h-dvh max-h-dvh w-full max-w-2xl translate-x-0 translate-y-0 rounded-none border-y-0 border-r-0 sm:w-[42rem]"
    >
      {children}
    </Dialog>
  );
}

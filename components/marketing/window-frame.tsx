import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

interface WindowFrameProps {
  title: ReactNode;
  /** Shown at the other end of the title bar. */
  note?: ReactNode;
  caption?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A piece of the product in a window frame. What it shows is real, and the caption says where it comes from. */
export function WindowFrame({ title, note, caption, className, children }: WindowFrameProps) {
  return (
    <figure className={cn('flex min-w-0 flex-col', className)}>
      <div className="flex grow flex-col overflow-hidden rounded-dialog border border-hairline bg-card shadow-float">
        <div className="flex items-center justify-between gap-3 border-b border-hairline bg-sunken px-4 py-2.5 text-table">
          <span className="min-w-0 truncate font-mono">{title}</span>
          {note !== undefined && <span className="shrink-0 text-muted">{note}</span>}
        </div>
        {children}
      </div>
      {caption !== undefined && <figcaption className="mt-3 text-table text-subtle">{caption}</figcaption>}
    </figure>
  );
}

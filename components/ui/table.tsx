import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';

/** A table that scrolls sideways inside its own box. `label` names it for assistive technology. */
export function Table({ label, children, className }: { label: string; children: ReactNode; className?: string }) {
  return (
    // A keyboard must be able to scroll the box, so it takes focus. Positioned, so that hidden texts inside scroll with it.
    <div role="region" aria-label={label} tabIndex={0} className={cn('relative overflow-x-auto -outline-offset-2', className)}>
      <table className="w-full border-collapse text-left text-table">{children}</table>
    </div>
  );
}

export function Th({ className, scope = 'col', ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope={scope}
      className={cn(
        'h-9 border-b border-hairline px-2 text-meta font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4 sm:px-4 sm:first:pl-5 sm:last:pr-5',
        className,
      )}
      {...rest}
    />
  );
}

export function Td({ className, ...rest }: ComponentProps<'td'>) {
  return (
    <td
      className={cn('h-11 px-2 py-2 align-middle first:pl-4 last:pr-4 sm:px-4 sm:first:pl-5 sm:last:pr-5', className)}
      {...rest}
    />
  );
}

/** A row with a link of its own (`data-row-link`) opens wherever it is clicked, on pages with `RowKeys`. */
export function Tr({ className, ...rest }: ComponentProps<'tr'>) {
  return (
    <tr
      className={cn(
        'border-b border-hairline transition-colors last:border-b-0 hover:bg-hover has-[[data-row-link]]:cursor-pointer',
        className,
      )}
      {...rest}
    />
  );
}

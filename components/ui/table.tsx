import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';

interface TableProps {
  /** The table's name for assistive technology. */
  label: string;
  children: ReactNode;
  className?: string;
  /** For sentences rather than figures: on a phone each row becomes a block without column headers, so each cell must make sense alone. */
  stacks?: boolean;
}

const STACKED =
  'max-md:block max-md:[&_thead]:sr-only max-md:[&_tbody]:block max-md:[&_tbody_tr]:block max-md:[&_tbody_tr]:py-3 max-md:[&_tbody_:is(th,td)]:block max-md:[&_tbody_:is(th,td)]:h-auto max-md:[&_tbody_:is(th,td)]:px-4 max-md:[&_tbody_:is(th,td)]:py-1';

/** A table that scrolls sideways inside its box, and fades at an edge that hides more. */
export function Table({ label, children, className, stacks = false }: TableProps) {
  return (
    // Focusable, so that the keyboard can scroll it. Positioned, so that hidden texts inside scroll with it.
    <div
      role="region"
      aria-label={label}
      tabIndex={0}
      className={cn('scrolls-x relative overflow-x-auto -outline-offset-2', className)}
    >
      <table className={cn('w-full border-collapse text-left text-table', stacks && STACKED)}>{children}</table>
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

/** On pages with `RowKeys`, a click anywhere in a row that has a link (`data-row-link`) opens it. */
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

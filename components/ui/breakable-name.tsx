import { Fragment } from 'react';
import { cn } from './cn';

/**
 * An address, a host name or a path, in mono. Where it has to break, it breaks after an @ or a slash or before a dot, but not within a word
 * or an IP address.
 */
export function BreakableName({ name, className }: { name: string; className?: string }) {
  return (
    <span className={cn('font-mono wrap-anywhere', className)}>
      {name.split(/(?<=[@/])|(?=\.\D)/).map((part, index) => (
        <Fragment key={`${index}-${part}`}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </span>
  );
}

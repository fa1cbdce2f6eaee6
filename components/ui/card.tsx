import type { ReactNode } from 'react';
import { cn } from './cn';

interface CardProps {
  title?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  footer?: ReactNode;
  children?: ReactNode;
  className?: string;
  /** Space around the content. Off for tables that reach the border. */
  padded?: boolean;
}

export function Card({ title, description, actions, footer, children, className, padded = true }: CardProps) {
  return (
    <section className={cn('overflow-hidden rounded-card border border-hairline bg-card', className)}>
      {title !== undefined && (
        <header className={cn('flex flex-wrap items-start justify-between gap-3 px-4 pt-4 sm:px-5', !padded && 'pb-3')}>
          <div className="min-w-0 flex-1 basis-44">
            <h2 className="text-body font-semibold">{title}</h2>
            {description !== undefined && <p className="mt-0.5 text-table text-muted">{description}</p>}
          </div>
          {actions !== undefined && <div className="flex shrink-0 items-center gap-2">{actions}</div>}
        </header>
      )}
      <div className={cn(padded && 'p-4 sm:p-5')}>{children}</div>
      {footer !== undefined && (
        <footer className="border-t border-hairline bg-raised px-4 py-3 text-table text-muted sm:px-5">{footer}</footer>
      )}
    </section>
  );
}

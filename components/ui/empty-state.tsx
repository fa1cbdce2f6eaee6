import type { ReactNode } from 'react';
import { cn } from './cn';

interface EmptyStateProps {
  title: string;
  description?: ReactNode;
  icon?: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
  className?: string;
  /** Whether this is the page's only content. */
  isPage?: boolean;
}

export function EmptyState({ title, description, icon, actions, children, className, isPage = false }: EmptyStateProps) {
  const Title = isPage ? 'h1' : 'p';
  return (
    <div className={cn('flex flex-col items-center px-4 py-12 text-center', isPage && 'sm:py-32', className)}>
      {icon !== undefined && (
        <div className="mb-4 grid size-11 place-items-center rounded-card border border-hairline bg-raised text-muted [&_svg]:size-5">
          {icon}
        </div>
      )}
      <Title className={cn('font-semibold', isPage ? 'text-section tracking-tight' : 'text-lead')}>{title}</Title>
      {description !== undefined && <p className="mt-1 max-w-md text-body text-muted">{description}</p>}
      {actions !== undefined && <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div>}
      {children !== undefined && <div className="mt-6 w-full max-w-2xl text-left">{children}</div>}
    </div>
  );
}

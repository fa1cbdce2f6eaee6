import type { ReactNode } from 'react';

interface AuthCardProps {
  title: string;
  description?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
}

/** The one thing on an account page. */
export function AuthCard({ title, description, children, footer }: AuthCardProps) {
  return (
    <div className="w-full max-w-sm">
      <h1 className="text-page font-semibold tracking-tight">{title}</h1>
      {description !== undefined && <p className="mt-2 text-body text-muted">{description}</p>}
      <div className="mt-6 flex flex-col gap-4">{children}</div>
      {footer !== undefined && <div className="mt-6 flex flex-col gap-2 text-body text-muted">{footer}</div>}
    </div>
  );
}

/** The look of links on account pages. */
export const TEXT_LINK = 'rounded-control font-medium text-accent underline underline-offset-2 hover:text-accent-hover';

import type { ReactNode } from 'react';

interface AuthCardProps {
  title: string;
  description?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
  /** What the form leads to, shown where there is room for it. */
  beside?: ReactNode;
}

/** The single form of an account page: a card, or on a phone the whole page. */
export function AuthCard({ beside, ...form }: AuthCardProps) {
  if (beside === undefined) return <Form {...form} />;
  return (
    <div className="grid w-full max-w-5xl justify-items-center gap-x-20 lg:grid-cols-2 lg:items-center">
      <Form {...form} />
      <div className="w-full max-lg:hidden">{beside}</div>
    </div>
  );
}

function Form({ title, description, children, footer }: Omit<AuthCardProps, 'beside'>) {
  return (
    <div className="w-full max-w-md">
      <div className="sm:rounded-dialog sm:border sm:border-hairline sm:bg-card sm:p-8">
        <h1 className="text-page font-semibold tracking-tight">{title}</h1>
        {description !== undefined && <p className="mt-2 text-body text-muted">{description}</p>}
        <div className="mt-6 flex flex-col gap-4">{children}</div>
      </div>
      {footer !== undefined && (
        <div className="mt-6 flex flex-col items-start gap-2 text-body text-muted sm:items-center sm:text-center">{footer}</div>
      )}
    </div>
  );
}

/** How links on account pages look. */
export const TEXT_LINK = 'rounded-control font-medium text-accent underline underline-offset-2 hover:text-accent-hover';

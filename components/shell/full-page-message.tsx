import type { ReactNode } from 'react';
import { Logo } from './logo';

interface FullPageMessageProps {
  title: string;
  children: ReactNode;
  actions: ReactNode;
}

/** A page that has only one thing to say. */
export function FullPageMessage({ title, children, actions }: FullPageMessageProps) {
  return (
    <main id="main" className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-4 px-4">
      <Logo />
      <h1 className="mt-4 text-page font-semibold tracking-tight">{title}</h1>
      <div className="text-lead text-muted">{children}</div>
      <div className="flex flex-wrap gap-3">{actions}</div>
    </main>
  );
}

import type { ReactNode } from 'react';
import { Logo } from './logo';

interface MessageProps {
  title: string;
  children: ReactNode;
  actions: ReactNode;
}

/** A page with a single message. */
export function FullPageMessage(message: MessageProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="px-4 py-3 sm:px-6">
        <Logo />
      </header>
      <main id="main" className="flex flex-1 flex-col justify-center pb-24">
        <PageMessage {...message} />
      </main>
    </div>
  );
}

/** The same within a layout that has the header. */
export function PageMessage({ title, children, actions }: MessageProps) {
  return (
    <div className="flex flex-col items-center gap-4 px-4 text-center">
      <h1 className="text-display font-semibold tracking-tight text-balance">{title}</h1>
      <div className="max-w-md text-lead text-balance text-muted">{children}</div>
      <div className="mt-2 flex flex-wrap justify-center gap-3">{actions}</div>
    </div>
  );
}

'use client';

import { useLayoutEffect } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { FONT_CLASSES } from './fonts';
import './globals.css';

/** Shown when the root layout itself failed, so it brings its own document, with its fonts and theme, and loads nothing else. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  useLayoutEffect(() => window.showTheme?.(), []);
  return (
    <html lang="en" className={FONT_CLASSES} suppressHydrationWarning>
      <body>
        <title>Something went wrong</title>
        <main className="flex min-h-dvh flex-col items-center justify-center gap-4 px-4 pb-24 text-center">
          <h1 className="text-display font-semibold tracking-tight text-balance">Something went wrong on our side</h1>
          <p className="max-w-md text-lead text-balance text-muted">We couldn’t load this page. Try again in a moment.</p>
          {error.digest !== undefined && (
            <p className="text-table text-subtle">
              Tell us this reference if it keeps happening: <span className="font-mono text-muted">{error.digest}</span>
            </p>
          )}
          <button type="button" className={buttonClass({ className: 'mt-2' })} onClick={reset}>
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}

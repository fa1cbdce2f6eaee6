'use client';

import './globals.css';

/** Shown when the root layout itself failed, so it brings its own document and depends on nothing else. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong</title>
        <main className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-4 px-4">
          <h1 className="text-page font-semibold">Something went wrong on our side</h1>
          <p className="text-lead text-muted">We couldn’t load this page.</p>
          {error.digest !== undefined && <p className="font-mono text-table text-subtle">Reference {error.digest}</p>}
          <button
            type="button"
            className="h-9 rounded-control bg-accent px-3.5 text-body font-medium text-on-accent"
            onClick={reset}
          >
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}

import type { ReactNode } from 'react';

/** Running text with a fixed line length and spacing. */
export function Prose({ children }: { children: ReactNode }) {
  return (
    <div className="max-w-2xl text-lead [&_a]:text-accent [&_a]:underline [&_a]:underline-offset-2 [&_code]:rounded-control [&_code]:bg-sunken [&_code]:px-0.5 [&_code]:font-mono [&_code]:text-body sm:[&_code]:whitespace-nowrap [&_h2]:mt-12 [&_h2]:mb-3 [&_h2]:text-section [&_h2]:font-semibold [&_h2]:tracking-tight [&_h2]:text-balance [&_h3]:mt-6 [&_h3]:mb-1 [&_h3]:font-semibold [&_li]:mt-2 [&_li]:pl-1 [&_ol]:mt-3 [&_ol]:list-decimal [&_ol]:pl-6 [&_p]:mt-3 [&_ul]:mt-3 [&_ul]:list-disc [&_ul]:pl-5">
      {children}
    </div>
  );
}

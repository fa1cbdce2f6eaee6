import type { ReactNode } from 'react';

export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className="rounded-control border border-hairline bg-raised px-1.5 font-mono text-meta text-muted">{children}</kbd>;
}

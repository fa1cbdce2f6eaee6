import type { ReactNode } from 'react';

/** On a phone, the verdict and what is known about it stand below the address, so that the address has the width of the table. */
export const PhoneVerdict = ({ verdict, children }: { verdict: ReactNode; children: ReactNode }) => (
  <span className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-meta text-muted sm:hidden">
    {verdict}
    <span>{children}</span>
  </span>
);

import type { ReactNode } from 'react';
import MarketingLayout from '../(marketing)/layout';

/** The public header and footer, at the width of the documentation's three columns. */
export default function DocsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="[&_footer>div]:max-w-7xl [&_header>div]:max-w-7xl">
      <MarketingLayout>{children}</MarketingLayout>
    </div>
  );
}

import type { ReactNode } from 'react';
import MarketingLayout from '../(marketing)/layout';

/** The public pages' header and footer, as wide as the documentation's three columns. */
export default function DocsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="[&_footer>div]:max-w-7xl [&_header>div]:max-w-7xl">
      <MarketingLayout>{children}</MarketingLayout>
    </div>
  );
}

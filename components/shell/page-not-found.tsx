import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { FullPageMessage, PageMessage } from './full-page-message';

const NOT_FOUND = {
  title: 'Page not found',
  children: <p>Check the address for a typo. The page may also have moved or been deleted.</p>,
  actions: (
    <>
      <Button asChild>
        <Link href="/">Go to the home page</Link>
      </Button>
      <Button asChild variant="secondary">
        <Link href="/docs">Read the docs</Link>
      </Button>
    </>
  ),
};

/** For an address that leads nowhere. */
export const PageNotFound = () => <FullPageMessage {...NOT_FOUND} />;

/** For an address below a public page, under its header. */
export const PublicPageNotFound = () => (
  <div className="py-24 sm:py-32">
    <PageMessage {...NOT_FOUND} />
  </div>
);

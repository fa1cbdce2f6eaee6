import Link from 'next/link';

/** "94 credits left", with what is set aside for checks that still run; leads to where more are bought. */
export function CreditsLeft({ available, held }: { available: number; held: number }) {
  return (
    <Link href="/billing" className="rounded-control transition-colors hover:text-fg">
      {available.toLocaleString('en')} {available === 1 ? 'credit' : 'credits'} left
      {held > 0 && <span className="text-subtle"> · {held.toLocaleString('en')} held</span>}
    </Link>
  );
}

'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { formatCount } from '@/lib/platform/numbers';

interface Balance {
  available: number;
  held: number;
}

/**
 * Shows "94 credits left" and the credits held for running checks; links to where more can be bought. Next does not render the frame again
 * when people move to another page, so the balance is fetched then. A later rendering by the server replaces the fetched balance.
 */
export function CreditsLeft(rendered: Balance) {
  const { available, held } = useBalance(rendered);
  return (
    <Link href="/billing" className="rounded-control transition-colors hover:text-fg">
      {formatCount(available)} {available === 1 ? 'credit' : 'credits'} left
      {held > 0 && (
        <>
          <span className="sr-only">,</span> <span className="whitespace-nowrap text-subtle">{formatCount(held)} held</span>
        </>
      )}
    </Link>
  );
}

function useBalance({ available, held }: Balance): Balance {
  const pathname = usePathname();
  const asked = useRef(pathname);
  const rendered = `${String(available)}/${String(held)}`;
  const [heard, setHeard] = useState<{ balance: Balance; rendered: string } | null>(null);
  useEffect(() => {
    if (asked.current === pathname) return undefined;
    asked.current = pathname;
    const controller = new AbortController();
    void askBalance(controller.signal).then((balance) => balance !== null && setHeard({ balance, rendered }));
    return () => controller.abort();
  }, [pathname, rendered]);
  return heard?.rendered === rendered ? heard.balance : { available, held };
}

/** Null if the server does not answer. The balance shown stays, and the page itself says what is wrong. */
async function askBalance(signal: AbortSignal): Promise<Balance | null> {
  try {
    const response = await fetch('/api/balance', { signal });
    const answer: unknown = await response.json();
    return response.ok && isBalance(answer) ? { available: answer.available, held: answer.held } : null;
  } catch {
    return null;
  }
}

const isBalance = (answer: unknown): answer is Balance =>
  typeof answer === 'object' &&
  answer !== null &&
  ['available', 'held'].every((name) => Number.isInteger(Reflect.get(answer, name)));

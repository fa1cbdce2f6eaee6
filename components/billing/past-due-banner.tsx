import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { LocalTime } from '@/components/ui/local-time';

interface PastDueBannerProps {
  graceUntil: string | null;
  mayPay: boolean;
}

/** Shown on every page of the app while a renewal is unpaid. */
export function PastDueBanner({ graceUntil, mayPay }: PastDueBannerProps) {
  return (
    <div role="status" className="flex items-start gap-3 bg-warning-tint px-4 py-3 text-body text-warning sm:px-6 lg:px-8">
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <p>
        The payment for your plan didn’t go through.{' '}
        {graceUntil !== null && (
          <>
            The plan stays until <LocalTime iso={graceUntil} show="date" />.{' '}
          </>
        )}
        {mayPay ? (
          <Link href="/billing" className="font-medium underline underline-offset-2">
            Pay or change the card
          </Link>
        ) : (
          'Please tell an owner of the workspace.'
        )}
      </p>
    </div>
  );
}

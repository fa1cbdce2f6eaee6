import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { LocalTime } from '@/components/ui/local-time';

/** Shown on every page of the app while the account is scheduled for deletion. */
export function DeletionBanner({ at }: { at: string }) {
  return (
    <div role="status" className="flex items-start gap-3 bg-danger-tint px-4 py-3 text-body text-danger sm:px-6 lg:px-8">
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <p>
        Your account will be deleted on <LocalTime iso={at} show="date" />. API keys and lists have stopped.{' '}
        <Link href="/settings/delete" className="font-medium underline underline-offset-2">
          Keep my account
        </Link>
      </p>
    </div>
  );
}

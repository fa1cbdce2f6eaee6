import Link from 'next/link';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { type AllowancesView, allowanceWords, findStorageProblem, storageLevel } from '@/lib/lists/rules/storage';

/** Shown before a file is chosen: there is no room for another list, or there soon won't be. Shows nothing while there is plenty. */
export function StorageNotice({ view: { plan, stored, keeps } }: { view: AllowancesView }) {
  const level = storageLevel(stored, plan);
  if (level === 'fine') return null;
  if (level === 'near') {
    return (
      <Alert tone="info" title="The storage of your plan is almost full" className="mb-4">
        {allowanceWords({ used: stored.lists, allowed: keeps.lists })} lists,{' '}
        {allowanceWords({ used: stored.rows, allowed: keeps.rows })} rows and{' '}
        {allowanceWords({ used: stored.bytes, allowed: keeps.bytes }, true)} are used.{' '}
        <Link href="/usage#limits">See what is used</Link>
      </Alert>
    );
  }
  return (
    <Alert
      tone="warning"
      title="There is no room for another list"
      className="mb-4"
      actions={
        <>
          <Button asChild size="sm">
            <Link href="/lists" className="no-underline!">
              Manage lists
            </Link>
          </Button>
          <Button asChild variant="secondary" size="sm">
            <Link href="/billing" className="no-underline!">
              See plans
            </Link>
          </Button>
        </>
      }
    >
      {findStorageProblem(stored, { rows: null, bytes: 1 }, plan)}
    </Alert>
  );
}

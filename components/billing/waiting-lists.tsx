import Link from 'next/link';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import type { WaitingList } from '@/lib/lists/rules/list';
import { formatCount } from '@/lib/platform/numbers';

/** The lists that wait for credits, shown above what can be bought. */
export function WaitingLists({ lists }: { lists: readonly WaitingList[] }) {
  return lists.map((list) => (
    <Alert
      key={list.id}
      tone={list.status === 'waits' ? 'warning' : 'info'}
      title={list.status === 'waits' ? `“${list.name}” waits for credits` : `“${list.name}” resumes now`}
      actions={
        <Button asChild variant="secondary" size="sm">
          <Link href={`/lists/${list.id}`} className="no-underline!">
            Go to list
          </Link>
        </Button>
      }
    >
      {list.status === 'waits'
        ? `${formatCount(list.rest)} addresses are left, up to ${formatCount(list.rest)} credits. It resumes automatically after a purchase.`
        : 'There are credits again; it resumes automatically.'}
    </Alert>
  ));
}

/** The same as a sentence, after a purchase. */
export function waitingWords({ name, status, rest }: WaitingList): string {
  switch (status) {
    case 'resumes':
      return `Your list “${name}” resumes now.`;
    case 'done':
      return `Your list “${name}” is done.`;
    case 'waits':
      return `Your list “${name}” still waits: up to ${formatCount(rest)} credits are needed.`;
  }
}

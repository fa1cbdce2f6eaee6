import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { DELETION_WAIT_DAYS } from '@/lib/platform/limits';

/** Leads to the page that lists what will be lost. */
export function DeleteAccountSection({ workspaceName }: { workspaceName: string }) {
  return (
    <Card
      title="Delete the account"
      description={`Deletes your account and, if nobody else is a member, ${workspaceName} with its lists, keys and credits. You have ${DELETION_WAIT_DAYS} days to undo it.`}
    >
      <Button asChild variant="secondary">
        <Link href="/settings/delete">Delete my account…</Link>
      </Button>
    </Card>
  );
}

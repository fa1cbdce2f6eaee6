'use client';

import { useRouter } from 'next/navigation';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/dialog';
import { problemOf, type ButtonAction } from '@/lib/platform/form-state';
import { stopUpload } from '../upload/uploads';

/** An action on a list. */
export type ListAct = ButtonAction<string>;

interface DiscardListProps {
  listId: string;
  discard: ListAct;
  label?: string;
  /** If set, nothing can be lost any more, so there is no confirmation. */
  isDiscarded?: boolean;
}

/** Discards a list before anything was verified. */
export function DiscardList({ listId, discard, label = 'Discard the list', isDiscarded = false }: DiscardListProps) {
  const router = useRouter();
  const confirm = async () => {
    stopUpload(listId);
    const problem = problemOf(await discard(listId));
    if (problem !== null) toast.error(problem);
    else router.push('/lists');
  };
  if (isDiscarded) {
    return (
      <Button variant="secondary" onClick={() => void confirm()}>
        {label}
      </Button>
    );
  }
  return (
    <ConfirmDialog
      danger
      title={`${label}?`}
      description="Nothing was verified and nothing is charged. To verify this file later, upload it again."
      confirmLabel={label}
      keepLabel="Keep it"
      onConfirm={confirm}
      trigger={<Button variant="secondary">{label}</Button>}
    />
  );
}

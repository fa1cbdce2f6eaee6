'use client';

import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { toast } from 'sonner';
import { reach } from '@/components/ui/connection/reach';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/dialog';
import { problemOf } from '@/lib/platform/form-state';
import type { EndpointActions } from './endpoint-actions';

interface EndpointButtonsProps {
  id: string;
  isOn: boolean;
  setEnabled: EndpointActions['setEnabled'];
  remove: EndpointActions['remove'];
}

export function EndpointButtons({ id, isOn, setEnabled, remove }: EndpointButtonsProps) {
  const router = useRouter();
  const [isBusy, startTransition] = useTransition();
  const turn = () =>
    startTransition(async () => {
      const problem = await reach(
        async () => problemOf(await setEnabled({ id, isEnabled: !isOn })),
        (sentence) => sentence,
      );
      if (problem === null) toast.success(isOn ? 'The endpoint is off.' : 'The endpoint is on.');
      else toast.error(problem);
    });
  const erase = async () => {
    const problem = problemOf(await remove(id));
    if (problem === null) router.push('/webhooks');
    else toast.error(problem);
  };
  return (
    <>
      <Button variant="secondary" loading={isBusy} onClick={turn}>
        {isOn ? 'Switch off' : 'Switch on'}
      </Button>
      <ConfirmDialog
        title="Delete this endpoint?"
        description="Its log is deleted too, and deliveries under way are dropped. This can’t be undone."
        confirmLabel="Delete the endpoint"
        keepLabel="Keep the endpoint"
        danger
        onConfirm={erase}
        trigger={<Button variant="secondary">Delete</Button>}
      />
    </>
  );
}

'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { useServerAction } from '@/components/ui/connection/reach';
import { Dialog } from '@/components/ui/dialog';
import { EndpointFields } from './endpoint-fields';
import { NewSecret } from './new-secret';
import type { EndpointActions } from './endpoint-actions';

/** The dialog forgets everything when it closes, above all the secret, and then opens the endpoint's page. */
export function CreateEndpointDialog({ action }: { action: EndpointActions['create'] }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dialog
      title="New webhook endpoint"
      open={isOpen}
      onOpenChange={setIsOpen}
      className="max-w-lg"
      trigger={
        <Button>
          <Plus aria-hidden="true" className="size-4" />
          Add an endpoint
        </Button>
      }
    >
      <CreateForm action={action} onDone={() => setIsOpen(false)} />
    </Dialog>
  );
}

function CreateForm({ action, onDone }: { action: EndpointActions['create']; onDone: () => void }) {
  const router = useRouter();
  const { state, isBusy, onSubmit } = useServerAction(action);
  if (state.value !== null) {
    const { id, secret } = state.value;
    const finish = () => {
      onDone();
      router.push(`/webhooks/${id}`);
    };
    return (
      <NewSecret title="Your endpoint is ready. Copy its secret now." secret={secret} onDone={finish}>
        Every delivery is signed with it. It is shown only once; you can create a new one at any time.
      </NewSecret>
    );
  }
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4">
      {state.message !== null && <Alert tone="danger">{state.message}</Alert>}
      <EndpointFields fields={state.fields} />
      <div className="flex justify-end">
        <Button type="submit" loading={isBusy}>
          Add the endpoint
        </Button>
      </div>
    </form>
  );
}

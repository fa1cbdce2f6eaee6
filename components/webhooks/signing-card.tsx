'use client';

import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { ConfirmDialog, Dialog } from '@/components/ui/dialog';
import { LocalTime } from '@/components/ui/local-time';
import { problemOf } from '@/lib/platform/form-state';
import { NewSecret } from './new-secret';
import type { EndpointActions } from './endpoint-actions';

const CHECK = `import { Webhook } from 'standardwebhooks';

// The raw body, as it came.
const hook = new Webhook(secret);
const event = hook.verify(body, headers);

// The same id may come twice.
if (await isKnown(event.event_id)) return;`;

interface SigningCardProps {
  id: string;
  oldSecretEndsAt: string | null;
  rotate: EndpointActions['rotate'];
}

export function SigningCard({ id, oldSecretEndsAt, rotate }: SigningCardProps) {
  const [secret, setSecret] = useState<string | null>(null);
  const makeNew = async () => {
    const answer = await rotate(id);
    if (answer.value !== null) setSecret(answer.value.secret);
    else toast.error(problemOf(answer));
  };
  return (
    <Card
      title="Signature"
      description="Standard Webhooks headers, and X-EV-Signature: hex HMAC-SHA256 of the raw body."
      actions={<RotateButton onConfirm={makeNew} />}
    >
      {oldSecretEndsAt !== null && (
        <p className="mb-3 text-table text-muted">
          The previous secret keeps signing beside the new one until <LocalTime iso={oldSecretEndsAt} show="both" />.
        </p>
      )}
      <CodeBlock code={CHECK} label="Checking a delivery in TypeScript" />
      <Dialog title="New secret" open={secret !== null} onOpenChange={(isOpen) => !isOpen && setSecret(null)}>
        <NewSecret title="Copy the new secret now." secret={secret ?? ''} onDone={() => setSecret(null)}>
          For a day both secrets sign, so nothing is lost while you change over.
        </NewSecret>
      </Dialog>
    </Card>
  );
}

const RotateButton = ({ onConfirm }: { onConfirm: () => Promise<void> }) => (
  <ConfirmDialog
    title="Create a new secret?"
    description="The current one keeps signing for a day beside the new one. One that was replaced earlier stops now."
    confirmLabel="Create a new secret"
    keepLabel="Keep the current one"
    onConfirm={onConfirm}
    trigger={
      <Button variant="secondary" size="sm">
        New secret
      </Button>
    }
  />
);

'use client';

import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { ConfirmDialog, Dialog } from '@/components/ui/dialog';
import { Specimen } from './shelf';

export const Overlays = () => (
  <Specimen name="What floats: dialog, confirmation, toast">
    <Dialog
      title="When credits run low"
      description="Owners get an email each time."
      trigger={<Button variant="secondary">Open a dialog</Button>}
    >
      <p className="text-body text-muted">What is asked stands here.</p>
    </Dialog>
    <ConfirmDialog
      danger
      title="Cancel this list?"
      description="120 addresses were not answered yet and will not be."
      confirmLabel="Cancel list"
      keepLabel="Keep it"
      trigger={<Button variant="secondary">Ask before an act</Button>}
      onConfirm={() => undefined}
    />
    <Button variant="secondary" onClick={() => toast.success('The mark was changed.')}>
      Show a toast
    </Button>
  </Specimen>
);

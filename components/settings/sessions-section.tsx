'use client';

import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ConfirmDialog } from '@/components/ui/dialog';

export function SessionsSection({ action }: { action: () => Promise<void> }) {
  return (
    <Card title="Sessions" description="Lost a device, or signed in on somebody else's?">
      <ConfirmDialog
        title="Sign out everywhere?"
        description="Every session of yours ends at once, this one too. API keys go on working."
        confirmLabel="Sign out everywhere"
        trigger={<Button variant="secondary">Sign out everywhere</Button>}
        onConfirm={action}
      />
    </Card>
  );
}

'use client';

import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { useServerAction } from '@/components/ui/connection/reach';
import type { WebhookEndpointView } from '@/lib/webhooks/rules';
import { EndpointFields } from './endpoint-fields';
import type { EndpointFormAction, EndpointFormState } from './webhook-state';

export function EndpointSettings({ endpoint, save }: { endpoint: WebhookEndpointView; save: EndpointFormAction }) {
  const { state, isBusy, onSubmit } = useServerAction<EndpointFormState>(save, { kind: 'idle' });
  return (
    <Card title="Settings">
      <form onSubmit={onSubmit} className="flex flex-col gap-4">
        {state.kind === 'refused' && <Alert tone="danger">{state.message}</Alert>}
        {state.kind === 'saved' && <Alert tone="success">Saved. The next event uses the new settings.</Alert>}
        <EndpointFields
          fields={state.kind === 'refused' ? state.fields : {}}
          url={endpoint.url}
          description={endpoint.description}
          events={endpoint.eventTypes}
        />
        <div className="flex justify-end">
          <Button type="submit" variant="secondary" loading={isBusy}>
            Save
          </Button>
        </div>
      </form>
    </Card>
  );
}

'use client';

import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { useServerAction } from '@/components/ui/connection/reach';
import type { WebhookEndpointView } from '@/lib/webhooks/rules';
import { EndpointFields } from './endpoint-fields';
import type { EndpointActions } from './endpoint-actions';

export function EndpointSettings({ endpoint, save }: { endpoint: WebhookEndpointView; save: EndpointActions['save'] }) {
  const { state, isBusy, onSubmit } = useServerAction(save);
  return (
    <Card title="Settings">
      <form onSubmit={onSubmit} className="flex flex-col gap-4">
        {state.message !== null && <Alert tone={state.status === 'done' ? 'success' : 'danger'}>{state.message}</Alert>}
        <input type="hidden" name="id" value={endpoint.id} />
        <EndpointFields
          fields={state.fields}
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

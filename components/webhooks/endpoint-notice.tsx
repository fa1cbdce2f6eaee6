import { Alert } from '@/components/ui/alert';
import { RelativeTime } from '@/components/ui/relative-time';
import type { WebhookEndpointView } from '@/lib/webhooks/rules';
import { DISABLED_CAUSE } from './delivery-words';

/** The problem of an endpoint, if it has one. */
export function EndpointNotice({ endpoint }: { endpoint: WebhookEndpointView }) {
  const { state, disabledReason, disabledAt, failingSince } = endpoint;
  if (state === 'disabled') {
    return (
      <Alert tone="warning" className="mb-6" title="Nothing is sent to this endpoint">
        Switched off {disabledAt !== null && <RelativeTime iso={disabledAt} />}{' '}
        {disabledReason !== null && DISABLED_CAUSE[disabledReason]}.
      </Alert>
    );
  }
  if (failingSince === null) return null;
  return (
    <Alert tone="warning" className="mb-6" title="Every recent delivery failed">
      The first failed <RelativeTime iso={failingSince} />. After five days of failures we switch the endpoint off and email you.
    </Alert>
  );
}

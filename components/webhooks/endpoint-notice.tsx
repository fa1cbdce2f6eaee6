import { Alert } from '@/components/ui/alert';
import { RelativeTime } from '@/components/ui/relative-time';
import type { WebhookEndpointView } from '@/lib/webhooks/rules';
import { DISABLED_SENTENCE } from './delivery-words';

/** The problem of an endpoint, if it has one. */
export function EndpointNotice({ endpoint }: { endpoint: WebhookEndpointView }) {
  const { state, disabledReason, disabledAt, failingSince } = endpoint;
  if (state === 'disabled') {
    return (
      <Alert tone="warning" className="mb-6" title="Nothing is sent to this endpoint">
        {disabledReason !== null && DISABLED_SENTENCE[disabledReason]}{' '}
        {disabledAt !== null && (
          <>
            (<RelativeTime iso={disabledAt} />)
          </>
        )}
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

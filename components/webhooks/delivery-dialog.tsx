'use client';

import { useRouter } from 'next/navigation';
import { useTransition, type ReactNode } from 'react';
import { toast } from 'sonner';
import { reach } from '@/components/ui/connection/reach';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { Dialog } from '@/components/ui/dialog';
import { LocalTime } from '@/components/ui/local-time';
import type { WebhookDeliveryView } from '@/lib/webhooks/rules';
import { problemOf } from '@/lib/platform/form-state';
import { outcomeWords } from './delivery-words';
import { StateBadge } from './state-badge';
import type { EndpointActions } from './endpoint-actions';

interface DeliveryDialogProps {
  endpointId: string;
  /** Null for a callback, whose body is built from its list at every attempt and not stored. */
  delivery: WebhookDeliveryView & { body: string | null };
  isEndpointOn: boolean;
  /** The page's URL without this delivery. */
  closeHref: string;
  replay: EndpointActions['replay'];
}

/** One delivery: what was sent, and the outcome of each attempt. It has its own URL, so it can be shared. */
export function DeliveryDialog({ endpointId, delivery, isEndpointOn, closeHref, replay }: DeliveryDialogProps) {
  const router = useRouter();
  const [isBusy, startTransition] = useTransition();
  const close = () => router.push(closeHref, { scroll: false });
  const sendAgain = () =>
    startTransition(async () => {
      const problem = await reach(
        async () => problemOf(await replay({ id: endpointId, deliveryId: delivery.id })),
        (sentence) => sentence,
      );
      if (problem === null) toast.success('It will be sent again with the same event id.');
      else toast.error(problem);
    });
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && close()}
      className="max-w-2xl"
      title={<span className="font-mono">{delivery.eventType}</span>}
      description={
        <>
          Event <span className="font-mono">{delivery.eventId}</span>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <span className="flex flex-wrap items-center gap-2 text-table text-muted">
            <StateBadge state={delivery.state} />
            {delivery.nextAttemptAt !== null && (
              <span>
                Next attempt <LocalTime iso={delivery.nextAttemptAt} show="both" />
              </span>
            )}
          </span>
          <Button variant="secondary" size="sm" loading={isBusy} disabled={!isEndpointOn} onClick={sendAgain}>
            {delivery.state === 'pending' ? 'Send now' : 'Send again'}
          </Button>
        </div>
        <Attempts delivery={delivery} />
        {delivery.lastAnswer !== null && delivery.lastAnswer !== '' && (
          <Part title="The last answer began with">
            <CodeBlock code={delivery.lastAnswer} label="The endpoint’s answer" />
          </Part>
        )}
        {delivery.body !== null && (
          <Part title="Body">
            <CodeBlock code={prettyJson(delivery.body)} label="Request body" />
          </Part>
        )}
      </div>
    </Dialog>
  );
}

function Attempts({ delivery: { history } }: { delivery: WebhookDeliveryView }) {
  if (history.length === 0) return <p className="text-table text-muted">No attempt was made yet.</p>;
  return (
    <Part title={history.length === 1 ? 'Attempt' : 'Attempts, oldest first'}>
      <ol className="flex flex-col gap-1 text-table">
        {history.map((attempt, index) => (
          <li key={index} className="flex flex-wrap justify-between gap-x-4">
            <span>{outcomeWords(attempt)}</span>
            <span className="text-muted tabular-nums">
              {attempt.durationMs} ms · <LocalTime iso={attempt.at} show="both" />
            </span>
          </li>
        ))}
      </ol>
    </Part>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section>
    <h3 className="mb-2 text-table font-medium">{title}</h3>
    {children}
  </section>
);

function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

'use client';

import { useState, useTransition } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Select } from '@/components/ui/select';
import { EMITTED_EVENT_TYPES, isEmittedEventType, type EmittedEventType } from '@/lib/webhooks/rules';
import { problemOf } from '@/lib/platform/form-state';
import type { EndpointActions } from './endpoint-actions';

interface SendTestProps {
  id: string;
  isOn: boolean;
  firstEvent: EmittedEventType | undefined;
  test: EndpointActions['test'];
}

export function SendTest({ id, isOn, firstEvent = EMITTED_EVENT_TYPES[0], test }: SendTestProps) {
  const [event, setEvent] = useState<EmittedEventType>(firstEvent);
  const [isBusy, startTransition] = useTransition();
  const send = () =>
    startTransition(async () => {
      const problem = problemOf(await test({ id, event }));
      if (problem === null) toast.success('A test event is on its way; see the deliveries.');
      else toast.error(problem);
    });
  return (
    <Card title="Send a test" description="A made-up event with “test”: true, signed and delivered like a real one.">
      <div className="flex flex-wrap gap-2">
        <Select
          aria-label="Event to send"
          value={event}
          onChange={({ target }) => isEmittedEventType(target.value) && setEvent(target.value)}
          className="min-w-48 flex-1"
        >
          {EMITTED_EVENT_TYPES.map((type) => (
            <option key={type} value={type}>
              {type}
            </option>
          ))}
        </Select>
        <Button variant="secondary" loading={isBusy} disabled={!isOn} onClick={send}>
          Send
        </Button>
      </div>
      {!isOn && <p className="mt-2 text-table text-muted">Switch the endpoint on first.</p>}
    </Card>
  );
}

import { EMITTED_EVENT_TYPES, EVENT_COPY } from '@/lib/webhooks/rules';

/** The events that an endpoint can receive. */
export const EventList = () => (
  <section className="mt-10">
    <h2 className="mb-3 text-section font-semibold tracking-tight">Events</h2>
    <dl className="grid gap-x-8 gap-y-2 text-table sm:grid-cols-[max-content_1fr]">
      {EMITTED_EVENT_TYPES.map((type) => (
        <div key={type} className="contents">
          <dt className="font-mono">{type}</dt>
          <dd className="text-muted">{EVENT_COPY[type]}</dd>
        </div>
      ))}
    </dl>
  </section>
);

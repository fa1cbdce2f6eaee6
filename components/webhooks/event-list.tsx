import { EMITTED_EVENT_TYPES, EVENT_COPY } from '@/lib/webhooks/rules';

/** The events that an endpoint can receive. */
export const EventList = () => (
  <section className="mt-10">
    <h2 className="mb-3 text-section font-semibold tracking-tight">Events</h2>
    <dl className="flex flex-col gap-x-8 gap-y-3 text-table sm:grid sm:grid-cols-[max-content_1fr] sm:gap-y-2">
      {EMITTED_EVENT_TYPES.map((type) => (
        <div key={type} className="sm:contents">
          <dt className="font-mono">{type}</dt>
          <dd className="text-muted">{EVENT_COPY[type]}</dd>
        </div>
      ))}
    </dl>
  </section>
);

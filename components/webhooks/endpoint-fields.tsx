import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { WEBHOOK_DESCRIPTION_MAX_CHARS, WEBHOOK_URL_MAX_CHARS } from '@/lib/platform/limits';
import { EMITTED_EVENT_TYPES, EVENT_COPY, USUAL_EVENT_TYPES } from '@/lib/webhooks/rules';

interface EndpointFieldsProps {
  fields: Readonly<Record<string, string>>;
  url?: string;
  description?: string;
  events?: readonly string[];
}

/** URL, purpose and events: the fields of a new endpoint and of one that is being changed. */
export function EndpointFields({ fields, url = '', description = '', events = USUAL_EVENT_TYPES }: EndpointFieldsProps) {
  return (
    <>
      <Field label="URL" htmlFor="webhook-url" hint="We POST JSON to it." error={fields.url}>
        <Input
          id="webhook-url"
          name="url"
          type="url"
          inputMode="url"
          required
          maxLength={WEBHOOK_URL_MAX_CHARS}
          defaultValue={url}
          placeholder="https://example.com/webhooks"
          autoComplete="off"
          spellCheck={false}
          className="font-mono"
        />
      </Field>
      <Field label="Description" htmlFor="webhook-description" hint="Only you see it." error={fields.description}>
        <Input
          id="webhook-description"
          name="description"
          maxLength={WEBHOOK_DESCRIPTION_MAX_CHARS}
          defaultValue={description}
          autoComplete="off"
        />
      </Field>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-2 text-table font-medium">Events</legend>
        {EMITTED_EVENT_TYPES.map((type) => (
          <Checkbox
            key={type}
            name="events"
            value={type}
            defaultChecked={events.includes(type)}
            label={<span className="font-mono text-table">{type}</span>}
            hint={EVENT_COPY[type]}
          />
        ))}
        {fields.events !== undefined && <p className="text-table text-danger">{fields.events}</p>}
      </fieldset>
    </>
  );
}

import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/textarea';

interface OriginsFieldProps {
  isRequired: boolean;
  origins?: readonly string[];
  error?: string | undefined;
}

/** The origins of pages that may use a key. */
export function OriginsField({ isRequired, origins = [], error }: OriginsFieldProps) {
  const rest = isRequired ? 'A public key needs at least one.' : 'Leave it empty if no web page uses the key.';
  return (
    <Field
      label="Origins of pages"
      htmlFor="key-origins"
      hint={`One per line, such as https://example.com. ${rest}`}
      error={error}
    >
      <Textarea
        id="key-origins"
        name="allowedOrigins"
        rows={2}
        spellCheck={false}
        className="font-mono"
        required={isRequired}
        defaultValue={origins.join('\n')}
      />
    </Field>
  );
}

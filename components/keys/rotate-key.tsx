'use client';

import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { useServerAction } from '@/components/ui/connection/reach';
import { CopyButton } from '@/components/ui/copy-button';
import { Field } from '@/components/ui/field';
import { LocalTime } from '@/components/ui/local-time';
import { Select } from '@/components/ui/select';
import type { ApiKeyView } from '@/lib/accounts/rules/keys';
import { problemOf } from '@/lib/platform/form-state';
import { API_KEY_ROTATION_HOURS } from '@/lib/platform/limits';
import { ROTATION_CHOICES, type RotateKeyAction } from './key-actions';

/** Makes a new secret for the same key and shows it once. */
export function RotateKey({ apiKey, rotate }: { apiKey: ApiKeyView; rotate: RotateKeyAction }) {
  const { state, isBusy, onSubmit } = useServerAction(rotate);
  const problem = problemOf(state);
  return (
    <Card title="Secret" description="Rotating it creates a new one. The key keeps its name, permissions and budget.">
      <form onSubmit={onSubmit} className="flex flex-col gap-4">
        {problem !== null && <Alert tone="danger">{problem}</Alert>}
        {state.value !== null && (
          <Alert tone="success" title="Copy the new secret now. It is not shown again.">
            <span className="mt-2 flex items-center gap-2">
              <code data-testid="api-key" className="min-w-0 flex-1 font-mono text-table break-all">
                {state.value.key}
              </code>
              <CopyButton value={state.value.key}>Copy</CopyButton>
            </span>
          </Alert>
        )}
        {apiKey.oldSecretEndsAt !== null && (
          <p className="text-table text-muted">
            The previous secret also works, until <LocalTime iso={apiKey.oldSecretEndsAt} show="both" />. Another rotation ends
            it.
          </p>
        )}
        <input type="hidden" name="id" value={apiKey.id} />
        <Field label="The current secret" htmlFor="key-old-hours" hint="This gives you time to replace it everywhere.">
          <Select id="key-old-hours" name="oldHours" defaultValue={API_KEY_ROTATION_HOURS.default}>
            {ROTATION_CHOICES.map(({ hours, label }) => (
              <option key={hours} value={hours}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <div className="flex justify-end">
          <Button type="submit" variant="secondary" loading={isBusy}>
            Rotate the secret
          </Button>
        </div>
      </form>
    </Card>
  );
}

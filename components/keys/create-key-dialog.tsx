'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { useServerAction } from '@/components/ui/connection/reach';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { PUBLIC_KEY_SCOPES } from '@/lib/accounts/rules/keys';
import { API_KEY_NAME_MAX_CHARS } from '@/lib/platform/limits';
import { BudgetField } from './budget-field';
import { CreatedKey } from './created-key';
import { KEY_LIFETIMES, type CreateKeyAction } from './key-actions';
import { OriginsField } from './origins-field';
import { scopeLabel } from './scope-copy';

interface CreateKeyDialogProps {
  action: CreateKeyAction;
  scopes: readonly string[];
  defaultScopes: readonly string[];
  appUrl: string;
  sampleEmail: string;
}

/** The dialog forgets everything when it closes, above all the key. */
export function CreateKeyDialog(props: CreateKeyDialogProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dialog
      title="New API key"
      open={isOpen}
      onOpenChange={setIsOpen}
      className="max-w-lg"
      trigger={
        <Button>
          <Plus aria-hidden="true" className="size-4" />
          Create a key
        </Button>
      }
    >
      <CreateKeyForm {...props} onDone={() => setIsOpen(false)} />
    </Dialog>
  );
}

function CreateKeyForm({
  action,
  scopes,
  defaultScopes,
  appUrl,
  sampleEmail,
  onDone,
}: CreateKeyDialogProps & { onDone: () => void }) {
  const { state, isBusy, onSubmit } = useServerAction(action);
  const [mode, setMode] = useState('live');
  if (state.value !== null)
    return <CreatedKey apiKey={state.value.key} appUrl={appUrl} sampleEmail={sampleEmail} onDone={onDone} />;
  const { fields } = state;
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4">
      {state.message !== null && <Alert tone="danger">{state.message}</Alert>}
      <Field label="Name" htmlFor="key-name" hint="Where you’ll use the key. Only you see it." error={fields.name}>
        <Input
          id="key-name"
          name="name"
          required
          maxLength={API_KEY_NAME_MAX_CHARS}
          placeholder="Sign-up form"
          autoComplete="off"
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Kind" htmlFor="key-mode" error={fields.mode}>
          <Select id="key-mode" name="mode" value={mode} onChange={(event) => setMode(event.target.value)}>
            <option value="live">Live: asks mail servers</option>
            <option value="test">Test: sample answers, free</option>
            <option value="pub">Public: for a form in a page</option>
          </Select>
        </Field>
        <Field label="Expires" htmlFor="key-expiry" error={fields.expiresAt}>
          <Select id="key-expiry" name="lifetimeDays" defaultValue="0">
            {KEY_LIFETIMES.map(({ days, label }) => (
              <option key={days} value={days}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <BudgetField id="key-budget" error={fields.monthlyBudget} />
      {mode === 'pub' ? (
        <>
          <OriginsField isRequired error={fields.allowedOrigins} />
          {/* These scopes are all that a public key can have. */}
          {PUBLIC_KEY_SCOPES.map((scope) => (
            <input key={scope} type="hidden" name="scopes" value={scope} />
          ))}
        </>
      ) : (
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-2 text-table font-medium">Permissions</legend>
          {scopes.map((scope) => (
            <Checkbox
              key={scope}
              name="scopes"
              value={scope}
              defaultChecked={defaultScopes.includes(scope)}
              label={scopeLabel(scope)}
              hint={scope}
            />
          ))}
          {fields.scopes !== undefined && <p className="text-table text-danger">{fields.scopes}</p>}
        </fieldset>
      )}
      <div className="flex justify-end">
        <Button type="submit" loading={isBusy}>
          Create key
        </Button>
      </div>
    </form>
  );
}

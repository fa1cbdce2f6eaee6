'use client';

import { useEffect } from 'react';
import { toast } from 'sonner';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { useServerAction } from '@/components/ui/connection/reach';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/textarea';
import type { ApiKeyView } from '@/lib/accounts/rules/keys';
import type { ChangeLocksAction } from './key-actions';
import { OriginsField } from './origins-field';

/** Restricts where a key may be used from. */
export function KeyLocks({ apiKey, change }: { apiKey: ApiKeyView; change: ChangeLocksAction }) {
  const { state, isBusy, onSubmit } = useServerAction(change);
  useEffect(() => {
    if (state.status === 'done') toast.success('Saved. It applies from the next request on.');
  }, [state]);
  const { fields } = state;
  return (
    <Card title="Where it works" description="Requests from anywhere else are refused with 403.">
      <form onSubmit={onSubmit} className="flex flex-col gap-4">
        {state.message !== null && <Alert tone="danger">{state.message}</Alert>}
        <input type="hidden" name="id" value={apiKey.id} />
        <Field
          label="Networks"
          htmlFor="key-ips"
          hint="One IP address or network per line, such as 203.0.113.7 or 2001:db8::/32. Leave it empty to allow any."
          error={fields.allowedIps}
        >
          <Textarea
            id="key-ips"
            name="allowedIps"
            rows={3}
            spellCheck={false}
            className="font-mono"
            defaultValue={apiKey.allowedIps.join('\n')}
          />
        </Field>
        <OriginsField isRequired={apiKey.mode === 'pub'} origins={apiKey.allowedOrigins} error={fields.allowedOrigins} />
        <div className="flex justify-end">
          <Button type="submit" loading={isBusy}>
            Save
          </Button>
        </div>
      </form>
    </Card>
  );
}

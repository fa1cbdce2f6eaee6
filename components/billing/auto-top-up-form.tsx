'use client';

import { useFormAction } from '@/components/auth/use-form-action';
import { creditsOfPack } from '@/components/pricing/choice-words';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import type { AutoTopUpView } from '@/lib/billing/rules/billing';
import { formatPrice, PACK_IDS, PACKS } from '@/lib/billing/rules/offers';
import type { FormAction } from '@/lib/platform/form-state';
import { AUTO_TOP_UP_BELOW_MAX, AUTO_TOP_UPS_A_MONTH_MAX } from '@/lib/platform/limits';

interface AutoTopUpFormProps {
  settings: AutoTopUpView;
  action: FormAction;
}

const USUAL = { below: 1_000, pack: '10k', maxAMonth: 3 } as const;

export function AutoTopUpForm({ settings, action }: AutoTopUpFormProps) {
  const { state, isPending, formProps } = useFormAction(action);
  const { isOn } = settings;
  // When it is switched off, the fields keep the earlier choice.
  const chosen = settings.pack === null ? USUAL : { ...settings, pack: settings.pack };
  return (
    <form {...formProps} className="flex flex-col gap-4">
      {state.message !== null && <Alert tone={state.status === 'done' ? 'success' : 'danger'}>{state.message}</Alert>}
      {settings.stopped !== null && (
        <Alert tone="warning" title="Automatic top-up was switched off">
          {settings.stopped} Nothing was charged.
        </Alert>
      )}
      <div key={`${chosen.below} ${chosen.pack} ${chosen.maxAMonth}`} className="grid gap-4 sm:grid-cols-3">
        <Field label="When credits fall below" htmlFor="below" error={state.fields.below}>
          <Input id="below" name="below" type="number" min={1} max={AUTO_TOP_UP_BELOW_MAX} defaultValue={chosen.below} required />
        </Field>
        <Field label="Buy" htmlFor="pack" error={state.fields.pack}>
          <Select id="pack" name="pack" defaultValue={chosen.pack}>
            {PACK_IDS.map((pack) => (
              <option key={pack} value={pack}>
                {creditsOfPack(pack)} credits · {formatPrice(PACKS[pack].priceCents)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="At most, times a month" htmlFor="max-a-month" error={state.fields.maxAMonth}>
          <Input
            id="max-a-month"
            name="maxAMonth"
            type="number"
            min={1}
            max={AUTO_TOP_UPS_A_MONTH_MAX}
            defaultValue={chosen.maxAMonth}
            required
          />
        </Field>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" name="wish" value="on" variant="secondary" loading={isPending}>
          {isOn ? 'Save' : 'Switch on'}
        </Button>
        {isOn && (
          <Button type="submit" name="wish" value="off" variant="ghost" disabled={isPending}>
            Switch off
          </Button>
        )}
      </div>
    </form>
  );
}

import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

/** A key's monthly budget; empty for none. */
export function BudgetField({
  id,
  budget = null,
  error,
}: {
  id: string;
  budget?: number | null;
  error?: string | null | undefined;
}) {
  return (
    <Field
      label="Monthly budget in credits"
      htmlFor={id}
      hint="A key that has spent it is refused with 402 until the next month (UTC). Leave it empty for no budget."
      error={error}
    >
      <Input
        id={id}
        name="monthlyBudget"
        inputMode="numeric"
        autoComplete="off"
        placeholder="No budget"
        defaultValue={budget ?? ''}
      />
    </Field>
  );
}

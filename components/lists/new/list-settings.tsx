import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { LIST_NAME_MAX_CHARS, LIST_RETENTION_DAYS } from '@/lib/platform/limits';
import { isPolicyName } from '@/lib/verdict/verdict';
import { POLICY_COPY, PolicyOptions } from '@/components/verification/policy-options';
import type { ListWish } from '../upload/lists-api';

const RETENTIONS = [LIST_RETENTION_DAYS.min, 7, 14, LIST_RETENTION_DAYS.default, 60, LIST_RETENTION_DAYS.max];

interface ListSettingsProps {
  wish: ListWish;
  onChange: (wish: ListWish) => void;
  /** The name that the list gets if none is entered. */
  ownName: string;
}

/** The list's name, its policy, and how long its rows are kept. */
export function ListSettings({ wish, onChange, ownName }: ListSettingsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Name" htmlFor="list-name" className="sm:col-span-2">
        <Input
          id="list-name"
          value={wish.name ?? ''}
          maxLength={LIST_NAME_MAX_CHARS}
          placeholder={ownName}
          autoComplete="off"
          onChange={(event) => onChange({ ...wish, name: event.target.value })}
        />
      </Field>
      <Field label="What the list is for" htmlFor="list-policy" hint={POLICY_COPY[wish.policy].hint}>
        <Select
          id="list-policy"
          value={wish.policy}
          onChange={({ target: { value } }) => isPolicyName(value) && onChange({ ...wish, policy: value })}
        >
          <PolicyOptions />
        </Select>
      </Field>
      <Field
        label="Keep the rows for"
        htmlFor="list-retention"
        hint="Counted from the end of the run. Then the rows are deleted; the totals are kept. A list that is never started is deleted sooner."
      >
        <Select
          id="list-retention"
          value={wish.retentionDays}
          onChange={(event) => onChange({ ...wish, retentionDays: Number(event.target.value) })}
        >
          {RETENTIONS.map((days) => (
            <option key={days} value={days}>
              {days === 1 ? '1 day' : `${days} days`}
            </option>
          ))}
        </Select>
      </Field>
    </div>
  );
}

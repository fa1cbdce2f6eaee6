import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { LIST_NAME_MAX_CHARS, LIST_RETENTION_DAYS } from '@/lib/platform/limits';
import { isPolicyName, POLICY_NAMES, type PolicyName } from '@/lib/verdict/verdict';
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
          {POLICY_NAMES.map((policy) => (
            <option key={policy} value={policy}>
              {POLICY_COPY[policy].label}
            </option>
          ))}
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

/** What each policy is for, and what it recommends for uncertain addresses. */
const POLICY_COPY: Record<PolicyName, { label: string; hint: string }> = {
  newsletter: {
    label: 'Newsletter',
    hint: 'Sends to deliverable addresses; catch-all and role addresses are for review, unknown ones to be asked again.',
  },
  signup: {
    label: 'Sign-up',
    hint: 'Accepts deliverable, catch-all and unknown addresses; role addresses go to review, disposable ones are turned away.',
  },
  transactional: {
    label: 'Receipts and notices',
    hint: 'Like sign-up, and role addresses are sent to as well.',
  },
  cold: {
    label: 'First contact',
    hint: 'Sends to deliverable addresses only; anything in doubt is for review.',
  },
};

'use client';

import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { LocalTime } from '@/components/ui/local-time';
import { Select } from '@/components/ui/select';
import { useFormAction } from '@/components/auth/use-form-action';
import { isUnderWay } from '@/lib/lists/rules/list';
import type { ListView } from '@/lib/lists/rules/view';
import type { FormAction } from '@/lib/platform/form-state';
import { DeleteListDialog } from './delete-list-dialog';

interface KeepCardProps {
  list: ListView;
  /** Retention periods, in days, that have not passed yet. */
  choices: readonly number[];
  keep: FormAction;
  remove: FormAction;
}

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);

/** How long the rows are kept, whether a mail is sent at the end, and the button to delete the rows now. */
export function KeepCard({ list, choices, keep, remove }: KeepCardProps) {
  const { state, formProps, isPending } = useFormAction(keep);
  const isAtWork = isUnderWay(list.status);
  return (
    <Card title="Keeping the rows" description={<When list={list} />}>
      <form {...formProps} className="flex flex-col gap-4">
        {state.message !== null && <Alert tone={state.status === 'done' ? 'success' : 'danger'}>{state.message}</Alert>}
        <input type="hidden" name="listId" value={list.id} />
        {isAtWork && list.mailOnEnd !== null && (
          <Checkbox
            key={String(list.mailOnEnd)}
            name="mailOnEnd"
            defaultChecked={list.mailOnEnd}
            label="Email me when it is done"
            hint="You can close this page meanwhile."
          />
        )}
        <div className="flex flex-wrap items-end gap-3">
          <Field label="Keep the rows for" htmlFor="retention" error={state.fields.retentionDays} className="w-40">
            <Select key={list.retentionDays} id="retention" name="retentionDays" defaultValue={list.retentionDays}>
              {choices.map((choice) => (
                <option key={choice} value={choice}>
                  {days(choice)}
                </option>
              ))}
            </Select>
          </Field>
          <Button type="submit" variant="secondary" loading={isPending}>
            Save
          </Button>
        </div>
      </form>
      {/* Outside the form, because a submit inside the dialog would also submit the form around it. */}
      <div className="mt-4 border-t border-hairline pt-4">
        {isAtWork ? (
          <p className="text-table text-muted">To delete the rows now, cancel the list first.</p>
        ) : (
          <DeleteListDialog list={list} action={remove} />
        )}
      </div>
    </Card>
  );
}

function When({ list }: { list: ListView }) {
  if (list.expiresAt === null) return <>Counted from the end of the run. Then the rows are deleted; the totals are kept.</>;
  return (
    <>
      Rows and evidence are deleted on <LocalTime iso={list.expiresAt} show="date" />. The totals are kept.
      {list.mailOnEnd !== null && ' We mail you before.'}
    </>
  );
}

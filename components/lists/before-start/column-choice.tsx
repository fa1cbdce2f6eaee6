'use client';

import { useState, useTransition } from 'react';
import { Alert } from '@/components/ui/alert';
import { reach } from '@/components/ui/connection/reach';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import type { ListView } from '@/lib/lists/rules/view';
import { problemOf, type ButtonAction } from '@/lib/platform/form-state';
import { columnName } from './column-name';
import { PreviewTable } from './preview-table';

export type ChooseColumn = ButtonAction<{ listId: string; emailColumn: number; hasHeader: boolean }>;

/** The first rows, with the column that was found and a way to choose another. */
export function ColumnChoiceCard({ list, choose }: { list: ListView; choose: ChooseColumn }) {
  const found = list.emailColumn;
  const [emailColumn, setEmailColumn] = useState(found);
  const [hasHeader, setHasHeader] = useState(list.hasHeader ?? false);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, startTransition] = useTransition();
  const isChanged = emailColumn !== found || hasHeader !== (list.hasHeader ?? false);
  const apply = () =>
    startTransition(async () => {
      if (emailColumn === null) return;
      setProblem(
        await reach(
          async () => problemOf(await choose({ listId: list.id, emailColumn, hasHeader })),
          (sentence) => sentence,
        ),
      );
    });
  return (
    <Card
      title="The column with the addresses"
      description={
        found === null
          ? 'Choose it here, or by its name above the rows.'
          : 'Found by its content. Choose another if it is not the right one.'
      }
      padded={false}
    >
      <div className="flex flex-wrap items-end gap-x-6 gap-y-3 px-4 pb-4 sm:px-5">
        <Field label="Column" htmlFor="email-column" className="w-full sm:w-72">
          <Select id="email-column" value={emailColumn ?? ''} onChange={(event) => setEmailColumn(Number(event.target.value))}>
            {found === null && (
              <option value="" disabled>
                Choose a column
              </option>
            )}
            {list.columns.map((column, index) => (
              <option key={index} value={index}>
                {`${columnName(list.columns, index)} · ${Math.round(column.emailShare * 100)}% addresses`}
              </option>
            ))}
          </Select>
        </Field>
        <Checkbox
          className="h-9 items-center"
          label="The first row is a header"
          checked={hasHeader}
          onChange={(event) => setHasHeader(event.target.checked)}
        />
        {(isChanged || found === null) && (
          <Button
            variant={found === null ? 'primary' : 'secondary'}
            loading={isBusy}
            disabled={emailColumn === null}
            onClick={apply}
          >
            {found === null ? 'Count the addresses · free' : 'Count again · free'}
          </Button>
        )}
      </div>
      {problem !== null && (
        <Alert tone="danger" className="mx-4 mb-4 sm:mx-5">
          {problem}
        </Alert>
      )}
      <PreviewTable columns={list.columns} rows={list.preview} chosen={emailColumn} onChoose={setEmailColumn} />
    </Card>
  );
}

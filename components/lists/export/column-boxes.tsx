import { Checkbox } from '@/components/ui/checkbox';
import { EXPORT_COLUMN_SETS, type ExportColumnSet } from '@/lib/lists/rules/export';
import type { ListView } from '@/lib/lists/rules/view';
import { formatCount } from '@/lib/platform/numbers';

interface ColumnBoxesProps {
  list: ListView;
  sets: readonly ExportColumnSet[];
  onChange: (sets: readonly ExportColumnSet[]) => void;
}

const OWN_NAMES_CHARS = 80;

/** Which groups of columns a file has: the file's own, the verdict, and everything else that is known. */
export function ColumnBoxes({ list, sets, onChange }: ColumnBoxesProps) {
  const own = list.columns.map(({ name }) => name).join(', ');
  const label: Record<ExportColumnSet, string> = {
    own: list.columns.length <= 1 ? 'Your column' : `Your ${formatCount(list.columns.length)} columns`,
    verdict: 'The verdict',
    details: 'The details',
  };
  const hint: Record<ExportColumnSet, string> = {
    own: own.length > OWN_NAMES_CHARS ? `${own.slice(0, OWN_NAMES_CHARS)}…` : own,
    verdict: 'Status, reason, score, recommendation, typo suggestion, address',
    details: 'Flags, provider, mail host, time of the check, row, note',
  };
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-2 text-table font-medium">Columns</legend>
      {EXPORT_COLUMN_SETS.map((set) => (
        <Checkbox
          key={set}
          name="columns"
          value={set}
          label={label[set]}
          hint={hint[set]}
          checked={sets.includes(set)}
          onChange={(event) => onChange(event.target.checked ? [...sets, set] : sets.filter((other) => other !== set))}
        />
      ))}
      {sets.length === 0 && <p className="text-table text-danger">Choose at least one.</p>}
    </fieldset>
  );
}

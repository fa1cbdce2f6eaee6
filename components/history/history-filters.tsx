'use client';

import { Search } from 'lucide-react';
import Form from 'next/form';
import Link from 'next/link';
import { useRef } from 'react';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { useSlashToFocus } from '@/components/ui/use-slash-to-focus';
import { REASON_COPY, STATUS_LABEL } from '@/components/verification/reason-sentence';
import { HISTORY_SOURCES } from '@/lib/dashboard/rules';
import { REASONS, STATUSES } from '@/lib/verdict/verdict';
import { HISTORY_SOURCE_LABEL } from './source-label';

export interface HistoryFilterValues {
  q: string;
  status: string;
  reason: string;
  source: string;
  key: string;
  from: string;
  to: string;
}

interface Option {
  id: string;
  name: string;
}

interface HistoryFiltersProps {
  values: HistoryFilterValues;
  keys: readonly Option[];
  /** `YYYY-MM-DD`, UTC. */
  today: string;
}

const VERDICTS: readonly Option[] = STATUSES.map((id) => ({ id, name: STATUS_LABEL[id] }));
const ALL_REASONS: readonly Option[] = REASONS.map((id) => ({ id, name: REASON_COPY[id].label }));
const SOURCES: readonly Option[] = HISTORY_SOURCES.map((id) => ({ id, name: HISTORY_SOURCE_LABEL[id] }));

/** The history's filters: a plain form whose fields are the URL's parameters. Choosing an option applies it at once. */
export function HistoryFilters({ values, keys, today }: HistoryFiltersProps) {
  const search = useRef<HTMLInputElement>(null);
  useSlashToFocus(search);
  const isFiltered = Object.values(values).some((value) => value !== '');
  return (
    <Form action="/verifications" role="search" className="mb-4 flex flex-wrap items-center gap-2">
      <div className="relative min-w-0 flex-1 sm:w-80 sm:flex-none">
        <Search aria-hidden="true" className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted" />
        <Input
          ref={search}
          type="search"
          name="q"
          defaultValue={values.q}
          aria-label="Search by an address, by the beginning of one, or by @domain"
          placeholder="Address or @domain"
          className="pl-8"
        />
      </div>
      <Button type="submit" variant="secondary">
        Search
      </Button>
      {isFiltered && (
        <Button asChild variant="ghost">
          <Link href="/verifications">Clear</Link>
        </Button>
      )}
      <div className="flex w-full flex-wrap items-center gap-2">
        <Choice name="status" any="Any verdict" value={values.status} options={VERDICTS} />
        <Choice name="reason" any="Any reason" value={values.reason} options={ALL_REASONS} />
        <Choice name="source" any="Any source" value={values.source} options={SOURCES} />
        {keys.length > 0 && <Choice name="key" any="Any API key" value={values.key} options={keys} />}
        <div className="flex w-full gap-2 sm:w-auto">
          <DayField name="from" label="From" value={values.from} max={today} />
          <DayField name="to" label="To" value={values.to} max={today} />
        </div>
      </div>
    </Form>
  );
}

interface ChoiceProps {
  name: string;
  /** The label for no filter. */
  any: string;
  value: string;
  options: readonly Option[];
}

const Choice = ({ name, any, value, options }: ChoiceProps) => (
  <Select
    name={name}
    aria-label={any.replace('Any ', '')}
    defaultValue={value}
    onChange={(event) => event.target.form?.requestSubmit()}
    className="w-[calc(50%-0.25rem)] grow sm:w-34 sm:grow-0"
  >
    <option value="">{any}</option>
    {options.map((option) => (
      <option key={option.id} value={option.id}>
        {option.name}
      </option>
    ))}
  </Select>
);

interface DayFieldProps {
  name: string;
  label: string;
  value: string;
  max: string;
}

/** Days are UTC. A date applies only when the field loses the focus, because a half-typed date means nothing. */
const DayField = ({ name, label, value, max }: DayFieldProps) => (
  <label className="flex w-[calc(50%-0.25rem)] items-center gap-1.5 text-table text-muted sm:w-auto">
    {label}
    <Input
      type="date"
      name={name}
      defaultValue={value}
      max={max}
      onBlur={(event) => event.target.value !== value && event.target.form?.requestSubmit()}
      className="min-w-0 flex-1 px-1.5 sm:w-36 sm:px-3"
    />
  </label>
);

'use client';

import { Search } from 'lucide-react';
import Form from 'next/form';
import Link from 'next/link';
import { useRef } from 'react';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { useSlashToFocus } from '@/components/ui/use-slash-to-focus';
import { GRADE_LABEL } from '@/components/verification/grade-copy';
import { REASON_COPY, STATUS_LABEL } from '@/components/verification/reason-sentence';
import { isEmptyFilter, NO_PROVIDER, type ResultsFilter } from '@/lib/lists/rules/view';
import { GRADES } from '@/lib/verdict/grade';
import { FINAL_STATUSES, REASONS, REASONS_BY_STATUS, type Reason } from '@/lib/verdict/verdict';
import { providerLabel } from '@/lib/verdict/provider-names';

interface ResultsFiltersProps {
  listId: string;
  filter: ResultsFilter;
  /** The reasons and providers that occur in the list; no others are offered. */
  reasons: readonly Reason[];
  providers: readonly string[];
  /** Whether some rows are waiting to be asked again. */
  hasWaiting: boolean;
}

/** The results filter of a list: a plain form whose fields are the URL's parameters. Choosing an option applies it at once. */
export function ResultsFilters({ listId, filter, reasons, providers, hasWaiting }: ResultsFiltersProps) {
  const form = useRef<HTMLFormElement>(null);
  const search = useRef<HTMLInputElement>(null);
  useSlashToFocus(search);
  const apply = () => form.current?.requestSubmit();
  const clear = (...names: string[]) => {
    for (const name of names) {
      const field = form.current?.elements.namedItem(name);
      if (field instanceof HTMLSelectElement) field.value = '';
    }
  };
  const isFiltered = !isEmptyFilter(filter);
  const ofStatus: readonly Reason[] =
    filter.status === undefined || filter.status === 'pending' ? REASONS : REASONS_BY_STATUS[filter.status];
  const offered = ofStatus.filter((reason) => reasons.includes(reason) || reason === filter.reason);
  const hasGrades = filter.grade !== undefined || offered.includes('catch_all');
  return (
    <Form ref={form} action={`/lists/${listId}`} scroll={false} role="search" className="mb-4 flex flex-wrap items-center gap-2">
      <div className="relative w-full sm:w-56">
        <Search aria-hidden="true" className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted" />
        <Input
          ref={search}
          type="search"
          name="q"
          defaultValue={filter.q ?? ''}
          aria-label="Search by the beginning of an address or by @domain"
          placeholder="alice… or @example.com"
          className="pl-8"
        />
      </div>
      <Select
        name="status"
        aria-label="Verdict"
        defaultValue={filter.status ?? ''}
        onChange={() => {
          // A reason or grade of another verdict would match nothing.
          clear('reason', 'grade');
          apply();
        }}
        className="w-[calc(50%-0.25rem)] sm:w-36"
      >
        <option value="">Any verdict</option>
        {FINAL_STATUSES.map((status) => (
          <option key={status} value={status}>
            {STATUS_LABEL[status]}
          </option>
        ))}
        {(hasWaiting || filter.status === 'pending') && <option value="pending">Waiting</option>}
      </Select>
      <Select
        name="reason"
        aria-label="Reason"
        defaultValue={filter.reason ?? ''}
        onChange={() => {
          clear('grade');
          apply();
        }}
        className="w-[calc(50%-0.25rem)] sm:w-44"
      >
        <option value="">Any reason</option>
        {offered.map((reason) => (
          <option key={reason} value={reason}>
            {REASON_COPY[reason].label}
          </option>
        ))}
      </Select>
      {hasGrades && (
        <Select
          name="grade"
          aria-label="Grade"
          defaultValue={filter.grade ?? ''}
          onChange={apply}
          className="w-[calc(50%-0.25rem)] sm:w-32"
        >
          <option value="">Any grade</option>
          {GRADES.map((grade) => (
            <option key={grade} value={grade}>
              {GRADE_LABEL[grade]}
            </option>
          ))}
        </Select>
      )}
      <Select
        name="provider"
        aria-label="Provider"
        defaultValue={filter.provider ?? ''}
        onChange={apply}
        className="w-[calc(50%-0.25rem)] sm:w-40"
      >
        <option value="">Any provider</option>
        {providers.map((provider) => (
          <option key={provider} value={provider === '' ? NO_PROVIDER : provider}>
            {provider === '' ? 'Unrecognized' : providerLabel(provider)}
          </option>
        ))}
      </Select>
      <Button type="submit" variant="secondary">
        Search
      </Button>
      {isFiltered && (
        <Button asChild variant="ghost">
          <Link href={`/lists/${listId}`} scroll={false}>
            Clear
          </Link>
        </Button>
      )}
    </Form>
  );
}

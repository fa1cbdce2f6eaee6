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
import { REASONS, STATUSES } from '@/lib/domain/verdict';
import { SOURCE_LABEL } from './source-label';

export interface HistoryFilterValues {
  status: string;
  reason: string;
  source: string;
  q: string;
}

const NO_FILTER: HistoryFilterValues = { status: '', reason: '', source: '', q: '' };

/** The filters of the history. They are a plain form whose fields are the URL's parameters; a choice applies at once. */
export function HistoryFilters({ values = NO_FILTER }: { values?: HistoryFilterValues }) {
  const form = useRef<HTMLFormElement>(null);
  const search = useRef<HTMLInputElement>(null);
  useSlashToFocus(search);
  const apply = () => form.current?.requestSubmit();
  const isFiltered = Object.values(values).some((value) => value !== '');
  return (
    <Form ref={form} action="/verifications" role="search" className="mb-4 flex flex-wrap items-center gap-2">
      <div className="relative w-full sm:w-64">
        <Search aria-hidden="true" className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted" />
        <Input
          ref={search}
          type="search"
          name="q"
          defaultValue={values.q}
          aria-label="Search by the beginning of an address or by @domain"
          placeholder="alice… or @example.com"
          className="pl-8"
        />
      </div>
      <Select
        name="status"
        aria-label="Verdict"
        defaultValue={values.status}
        onChange={apply}
        className="w-[calc(50%-0.25rem)] sm:w-36"
      >
        <option value="">Any verdict</option>
        {STATUSES.map((status) => (
          <option key={status} value={status}>
            {STATUS_LABEL[status]}
          </option>
        ))}
      </Select>
      <Select
        name="reason"
        aria-label="Reason"
        defaultValue={values.reason}
        onChange={apply}
        className="w-[calc(50%-0.25rem)] sm:w-44"
      >
        <option value="">Any reason</option>
        {REASONS.map((reason) => (
          <option key={reason} value={reason}>
            {REASON_COPY[reason].label}
          </option>
        ))}
      </Select>
      <Select
        name="source"
        aria-label="Source"
        defaultValue={values.source}
        onChange={apply}
        className="w-[calc(50%-0.25rem)] sm:w-32"
      >
        <option value="">Any source</option>
        <option value="app">{SOURCE_LABEL.app}</option>
        <option value="api">{SOURCE_LABEL.api}</option>
      </Select>
      <Button type="submit" variant="secondary">
        Search
      </Button>
      {isFiltered && (
        <Button asChild variant="ghost">
          <Link href="/verifications">Clear</Link>
        </Button>
      )}
    </Form>
  );
}

'use client';

import { Search } from 'lucide-react';
import Form from 'next/form';
import Link from 'next/link';
import { useRef } from 'react';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { useSlashToFocus } from '@/components/ui/use-slash-to-focus';

interface HealthFiltersProps {
  identity: string;
  provider: string;
  state: string;
  /** The identities that can be chosen. */
  identities: readonly string[];
}

/** A plain form whose fields are the URL's parameters. Choosing an identity applies it at once. */
export function HealthFilters({ identity, provider, state, identities }: HealthFiltersProps) {
  const form = useRef<HTMLFormElement>(null);
  const search = useRef<HTMLInputElement>(null);
  useSlashToFocus(search);
  const choices = identity === '' || identities.includes(identity) ? identities : [identity, ...identities];
  return (
    <Form ref={form} action="/operator" scroll={false} role="search" className="flex flex-wrap items-center gap-2">
      {state !== '' && <input type="hidden" name="state" value={state} />}
      <div className="relative w-full sm:w-56">
        <Search aria-hidden="true" className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted" />
        <Input
          ref={search}
          type="search"
          name="provider"
          defaultValue={provider}
          aria-label="Search by part of the provider’s name"
          placeholder="Provider or domain"
          className="pl-8"
        />
      </div>
      <Select
        name="identity"
        aria-label="Identity"
        defaultValue={identity}
        onChange={() => form.current?.requestSubmit()}
        className="sm:w-64"
      >
        <option value="">Any identity</option>
        {choices.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </Select>
      <Button type="submit" variant="secondary">
        Search
      </Button>
      {(identity !== '' || provider !== '') && (
        <Button asChild variant="ghost">
          <Link href="/operator" scroll={false}>
            Clear
          </Link>
        </Button>
      )}
    </Form>
  );
}

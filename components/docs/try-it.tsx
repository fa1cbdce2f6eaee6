'use client';

import { type SubmitEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { CodePanel } from './code-panel';

export interface TryCall {
  id: string;
  method: string;
  path: string;
  summary: string;
  fields: readonly { name: string; in: 'path' | 'query' | 'body'; isRequired: boolean; placeholder: string }[];
}

type Outcome = { kind: 'none' } | { kind: 'busy' } | { kind: 'failed'; sentence: string } | { kind: 'answered'; text: string };

const TEST_KEY = /^evk_test_[0-9A-Za-z]+$/;

/** Calls the API with the reader's test key. The key stays in this component and is sent only with the call. */
export function TryIt({ calls }: { calls: readonly TryCall[] }) {
  const id = useId();
  const [chosen, setChosen] = useState(calls[0]?.id ?? '');
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'none' });
  const call = calls.find((one) => one.id === chosen);
  if (call === undefined) return null;
  const send = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const key = wordOf(form, 'key').trim();
    if (!TEST_KEY.test(key)) {
      setOutcome({ kind: 'failed', sentence: 'That is no test key: it begins with evk_test_. Other keys are not taken here.' });
      return;
    }
    setOutcome({ kind: 'busy' });
    setOutcome(await ask(call, form, key));
  };
  return (
    <form onSubmit={(event) => void send(event)} className="mt-4 flex max-w-2xl flex-col gap-4 [@media(scripting:none)]:hidden">
      <Field label="Test key" htmlFor={`${id}-key`} hint="It stays in this page’s memory and is gone when you leave.">
        <Input id={`${id}-key`} name="key" type="password" autoComplete="off" required placeholder="evk_test_…" />
      </Field>
      <Field label="Call" htmlFor={`${id}-call`}>
        <Select
          id={`${id}-call`}
          value={chosen}
          onChange={(event) => {
            setChosen(event.target.value);
            setOutcome({ kind: 'none' });
          }}
        >
          {calls.map((one) => (
            <option key={one.id} value={one.id}>
              {one.method} {one.path}: {one.summary}
            </option>
          ))}
        </Select>
      </Field>
      {call.fields.map((field) => (
        <Field key={`${call.id}-${field.name}`} label={field.name} htmlFor={`${id}-${field.name}`}>
          <Input
            id={`${id}-${field.name}`}
            name={`field-${field.name}`}
            required={field.isRequired}
            placeholder={field.placeholder}
            autoComplete="off"
          />
        </Field>
      ))}
      <Button type="submit" loading={outcome.kind === 'busy'} className="self-start">
        Send the call
      </Button>
      <div role="status">
        {outcome.kind === 'failed' && <p className="text-body text-danger">{outcome.sentence}</p>}
        {outcome.kind === 'answered' && <CodePanel code={outcome.text} label="The answer" language="json" />}
      </div>
    </form>
  );
}

function wordOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

async function ask(call: TryCall, form: FormData, key: string): Promise<Outcome> {
  try {
    const { url, body } = requestOf(call, form);
    const response = await fetch(url, {
      method: call.method,
      headers: { Authorization: `Bearer ${key}`, ...(body !== null && { 'Content-Type': 'application/json' }) },
      body,
      credentials: 'omit',
    });
    return { kind: 'answered', text: `${response.status} ${response.statusText}\n\n${indented(await response.text())}` };
  } catch {
    return { kind: 'failed', sentence: 'The call did not get through. Check the connection and send it again.' };
  }
}

export function requestOf(call: TryCall, form: FormData): { url: string; body: string | null } {
  const given = call.fields
    .map((field) => ({ ...field, value: wordOf(form, `field-${field.name}`).trim() }))
    .filter(({ value }) => value !== '');
  const url = given
    .filter((field) => field.in === 'path')
    .reduce((path, { name, value }) => path.replace(`{${name}}`, encodeURIComponent(value)), call.path);
  const query = new URLSearchParams(given.filter((field) => field.in === 'query').map(({ name, value }) => [name, value]));
  const fields = given.filter((field) => field.in === 'body').map(({ name, value }) => [name, value] as const);
  return {
    url: query.size === 0 ? url : `${url}?${query.toString()}`,
    body: call.method === 'POST' ? JSON.stringify(Object.fromEntries(fields)) : null,
  };
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

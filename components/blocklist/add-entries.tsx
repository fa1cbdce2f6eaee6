'use client';

import { useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { useServerAction } from '@/components/ui/connection/reach';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/textarea';
import type { AddedLines, BadLine } from '@/lib/blocklist/rules';
import type { FormAction } from '@/lib/platform/form-state';
import { formatCount } from '@/lib/platform/numbers';

const FIELD_ID = 'blocklist-lines';
const BAD_LINES_SHOWN = 5;

/** Adds the good lines of a paste. Bad ones stay in the field, each with what is wrong with it. */
export function AddEntries({ action }: { action: FormAction<AddedLines> }) {
  const [text, setText] = useState('');
  const { state, isBusy, onSubmit } = useServerAction<AddedLines>(async (previous, form) => {
    const answer = await action(previous, form);
    if (answer.value !== null) setText(answer.value.bad.map(({ line }) => line).join('\n'));
    return answer;
  });
  const { value } = state;
  const problem = state.fields.lines ?? state.message;
  return (
    <Card
      title="Add entries"
      description="An address blocks its mailbox in every spelling, also with a +tag. A domain blocks all of its addresses, but not those of its subdomains."
    >
      <form onSubmit={onSubmit} className="flex flex-col gap-4">
        {value !== null && value.added + value.known > 0 && <Alert tone="success">{addedWords(value)}</Alert>}
        <Field
          label="Addresses or domains, one per line"
          htmlFor={FIELD_ID}
          error={problem ?? (value === null || value.bad.length === 0 ? null : <BadLines bad={value.bad} />)}
        >
          <Textarea
            id={FIELD_ID}
            name="lines"
            rows={5}
            value={text}
            onChange={(event) => setText(event.target.value)}
            readOnly={isBusy}
            placeholder={'jane@example.com\nexample.org'}
            spellCheck={false}
            autoCapitalize="none"
            className="font-mono"
          />
        </Field>
        <Button type="submit" loading={isBusy} className="self-start">
          Add to the blocklist
        </Button>
      </form>
    </Card>
  );
}

function addedWords({ added, known }: AddedLines): string {
  const new_ = added === 1 ? '1 entry added.' : `${formatCount(added)} entries added.`;
  if (known === 0) return new_;
  const old = known === 1 ? '1 was already there.' : `${formatCount(known)} were already there.`;
  return `${new_} ${old}`;
}

function BadLines({ bad }: { bad: readonly BadLine[] }) {
  const rest = bad.length - BAD_LINES_SHOWN;
  return (
    <>
      <span className="block">
        {bad.length === 1 ? 'This line was not added:' : `These ${formatCount(bad.length)} lines were not added:`}
      </span>
      {bad.slice(0, BAD_LINES_SHOWN).map(({ line, problem }) => (
        <span key={line} className="block">
          <span className="font-mono break-all">{line}</span>: {problem}
        </span>
      ))}
      {rest > 0 && <span className="block">and {formatCount(rest)} more.</span>}
    </>
  );
}

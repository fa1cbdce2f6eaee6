'use client';

import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/textarea';
import { PASTE_MAX_BYTES } from '@/lib/platform/limits';
import { bytesWords } from '@/lib/lists/rules/storage';
import { formatCount } from '@/lib/platform/numbers';
import type { PolicyName } from '@/lib/verdict/verdict';
import { firstWish, pasteList } from '../upload/lists-api';
import { ListSettings } from './list-settings';

/** Pasted addresses, one per line, or rows of a spreadsheet. */
export function PasteList({ sample, policy }: { sample: string; policy: PolicyName }) {
  const router = useRouter();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const [wish, setWish] = useState(firstWish(policy));
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const lines = text.split('\n').filter((line) => line.trim() !== '').length;
  const send = async () => {
    // What was pasted just before the page came alive may not have reached the state yet.
    const pasted = field.current?.value ?? text;
    const found = pasteProblem(pasted);
    setProblem(found);
    if (found !== null) return;
    setIsBusy(true);
    const answer = await pasteList(pasted, wish);
    if (answer.ok) return router.push(`/lists/${answer.value.id}`);
    setProblem(answer.message);
    setIsBusy(false);
  };
  return (
    <form
      aria-label="Paste a list"
      className="max-w-4xl"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Card>
        {problem !== null && (
          <Alert tone="danger" className="mb-4">
            {problem}
          </Alert>
        )}
        <Field
          label="Addresses"
          htmlFor="list-text"
          hint={
            lines === 0
              ? `One per line or several, or rows copied from a spreadsheet; up to ${bytesWords(PASTE_MAX_BYTES)}.`
              : `${formatCount(lines)} ${lines === 1 ? 'line' : 'lines'}`
          }
          className="mb-5"
        >
          <Textarea
            ref={field}
            id="list-text"
            rows={10}
            value={text}
            onChange={(event) => setText(event.target.value)}
            placeholder={sample}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            className="font-mono text-table max-sm:px-2.5"
          />
        </Field>
        <ListSettings wish={wish} onChange={setWish} ownName="Pasted list" />
        <div className="mt-6 flex flex-wrap items-center gap-3">
          <Button type="submit" loading={isBusy}>
            Count the addresses · free
          </Button>
          <p className="text-table text-muted">You see what it holds and the most it can cost before anything is verified.</p>
        </div>
      </Card>
    </form>
  );
}

function pasteProblem(text: string): string | null {
  if (text.trim() === '') return 'Paste some addresses first.';
  const bytes = new Blob([text]).size;
  if (bytes <= PASTE_MAX_BYTES) return null;
  return `That is ${bytesWords(bytes)}; ${bytesWords(PASTE_MAX_BYTES)} can be pasted. Save it as a file and upload that.`;
}

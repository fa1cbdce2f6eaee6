'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';

const TOOL = 'inline-flex items-center gap-1.5 rounded-control text-muted underline-offset-2 hover:text-fg hover:underline';

/** Links to the page as Markdown, to read or to paste into a prompt. */
export function PageTools({ path }: { path: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  const copy = () =>
    copyTwin(`${path}.md`).then(
      () => setState('copied'),
      () => setState('failed'),
    );
  return (
    <p className="mt-4 flex flex-wrap gap-x-4 gap-y-1 text-table">
      <button type="button" onClick={() => void copy()} className={`${TOOL} [@media(scripting:none)]:hidden`}>
        {state === 'copied' ? (
          <Check aria-hidden="true" className="size-3.5" />
        ) : (
          <Copy aria-hidden="true" className="size-3.5" />
        )}
        <span aria-live="polite">
          {state === 'copied' ? 'Copied' : state === 'failed' ? 'Copying isn’t possible here' : 'Copy page'}
        </span>
      </button>
      <a href={`${path}.md`} className={TOOL}>
        View as Markdown
      </a>
    </p>
  );
}

async function copyTwin(address: string): Promise<void> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`the Markdown of this page answered ${response.status}`);
  await navigator.clipboard.writeText(await response.text());
}

import type { ReactNode } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { highlight, type Ink } from '@/content/docs/highlight';

/** A frame with a bar. The bar has the name of the code or the tabs of its languages, and a copy button. */
export function CodeFrame({
  bar,
  copied,
  label,
  children,
}: {
  bar: ReactNode;
  copied: string;
  label: string;
  children: ReactNode;
}) {
  return (
    <div className="my-5 overflow-hidden rounded-card border border-hairline bg-raised">
      <div className="flex min-h-10 items-center gap-2 border-b border-hairline bg-sunken pr-1.5">
        <div className="min-w-0 flex-1">{bar}</div>
        <CopyButton value={copied} label={`Copy: ${label}`} variant="ghost" className="[@media(scripting:none)]:hidden" />
      </div>
      {children}
    </div>
  );
}

/** One piece of code with its label. */
export function CodePanel({ code, label, language }: { code: string; label: string; language: string }) {
  return (
    <CodeFrame bar={<p className="truncate px-4 text-table font-medium text-muted">{label}</p>} copied={code} label={label}>
      <Code code={code} label={label} language={language} />
    </CodeFrame>
  );
}

const INK: Record<Exclude<Ink, 'plain'>, string> = {
  comment: 'text-subtle italic',
  string: 'text-success',
  keyword: 'text-accent',
  number: 'text-warning',
};

/** Long lines scroll inside the block. */
export function Code({ code, label, language }: { code: string; label: string; language: string }) {
  return (
    <pre
      role="region"
      tabIndex={0}
      aria-label={`Code: ${label}`}
      className="scrolls-x overflow-x-auto p-4 font-mono text-table -outline-offset-2"
    >
      <code>
        {highlight(code, language).map(({ ink, text }, index) =>
          ink === 'plain' ? (
            text
          ) : (
            <span key={index} className={INK[ink]}>
              {text}
            </span>
          ),
        )}
      </code>
    </pre>
  );
}

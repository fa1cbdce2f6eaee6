import { CopyButton } from './copy-button';

/** Code with a copy button. Long lines scroll inside the block. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <div className="relative rounded-card border border-hairline bg-raised">
      <pre
        role="region"
        tabIndex={0}
        aria-label={label}
        className="scrolls-x mr-12 overflow-x-auto py-4 pl-4 font-mono text-table -outline-offset-2"
      >
        <code>{code}</code>
      </pre>
      <CopyButton value={code} label={`Copy: ${label}`} className="absolute top-2 right-2" />
    </div>
  );
}

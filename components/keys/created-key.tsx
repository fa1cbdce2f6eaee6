'use client';

import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { CopyButton } from '@/components/ui/copy-button';
import { curlExample } from './curl-example';

interface CreatedKeyProps {
  apiKey: string;
  appUrl: string;
  sampleEmail: string;
  onDone: () => void;
}

/** The only time that a key can be read. */
export function CreatedKey({ apiKey, appUrl, sampleEmail, onDone }: CreatedKeyProps) {
  return (
    <div className="flex flex-col gap-4">
      <Alert tone="success" title="Your key is ready. Copy it now.">
        We don’t store it in a form that can be shown again.
      </Alert>
      <div className="flex items-center gap-2 rounded-card border border-hairline bg-raised p-2 pl-3">
        <code data-testid="api-key" className="min-w-0 flex-1 font-mono text-table break-all">
          {apiKey}
        </code>
        <CopyButton value={apiKey}>Copy</CopyButton>
      </div>
      <div>
        <p className="mb-2 text-table font-medium">Try it</p>
        <CodeBlock code={curlExample(appUrl, apiKey, sampleEmail)} label="curl command with this key" />
      </div>
      <div className="flex justify-end">
        <Button onClick={onDone}>I have copied it</Button>
      </div>
    </div>
  );
}

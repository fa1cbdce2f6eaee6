import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';

interface NewSecretProps {
  title: string;
  children: string;
  secret: string;
  onDone: () => void;
}

/** The only time that a signing secret can be read. */
export function NewSecret({ title, children, secret, onDone }: NewSecretProps) {
  return (
    <div className="flex flex-col gap-4">
      <Alert tone="success" title={title}>
        {children}
      </Alert>
      <div className="flex items-center gap-2 rounded-card border border-hairline bg-raised p-2 pl-3">
        <code data-testid="webhook-secret" className="min-w-0 flex-1 font-mono text-table break-all">
          {secret}
        </code>
        <CopyButton value={secret}>Copy</CopyButton>
      </div>
      <div className="flex justify-end">
        <Button onClick={onDone}>I have copied it</Button>
      </div>
    </div>
  );
}

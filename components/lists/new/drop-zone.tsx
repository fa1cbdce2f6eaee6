'use client';

import { FileUp } from 'lucide-react';
import { useState, type DragEvent, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { useEarlyChange } from '@/components/ui/use-early-change';
import { cn } from '@/components/ui/cn';
import { ACCEPTED } from './file-problem';

interface DropZoneProps {
  title: string;
  buttonLabel: string;
  onFile: (file: File) => void;
  /** File types, limits and a sample. */
  children?: ReactNode;
  disabled?: boolean;
}

/** Takes one file, dropped here or chosen with the button. */
export function DropZone({ title, buttonLabel, onFile, children, disabled = false }: DropZoneProps) {
  const input = useEarlyChange<HTMLInputElement>();
  const [isOver, setIsOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file && !disabled) onFile(file);
  };
  const drag = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(event.type === 'dragover');
    if (event.type === 'drop') take(event.dataTransfer.files);
  };
  return (
    <div
      onDragOver={drag}
      onDragLeave={drag}
      onDrop={drag}
      className={cn(
        'flex flex-col items-center rounded-card border border-dashed px-4 py-10 text-center transition-colors',
        isOver ? 'border-accent bg-raised' : 'border-control',
      )}
    >
      <FileUp aria-hidden="true" className={cn('mb-3 size-6', isOver ? 'text-accent' : 'text-subtle')} />
      <p className="text-lead font-semibold">{isOver ? 'Drop to choose this file' : title}</p>
      {children !== undefined && <div className="mt-1 max-w-md text-body text-balance text-muted">{children}</div>}
      <Button className="mt-4" disabled={disabled} onClick={() => input.current?.click()}>
        {buttonLabel}
      </Button>
      <input
        ref={input}
        type="file"
        accept={ACCEPTED}
        aria-label={buttonLabel}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          take(event.target.files);
          // Allows the same file to be chosen again after it was refused.
          event.target.value = '';
        }}
      />
    </div>
  );
}

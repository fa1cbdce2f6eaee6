'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button, type ButtonProps } from './button';

interface CopyButtonProps extends Omit<ButtonProps, 'value' | 'onClick' | 'asChild' | 'loading'> {
  value: string;
  /** Text beside the icon. Without it, the button is an icon with `label` as its name. */
  children?: string;
  label?: string;
}

const CONFIRMED_MS = 2_000;

export function CopyButton({ value, children, label = 'Copy', variant = 'secondary', ...rest }: CopyButtonProps) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return undefined;
    const timer = setTimeout(() => setState('idle'), CONFIRMED_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    // Browsers have no clipboard API on plain HTTP, except on localhost.
    const isDone = await writeText(value);
    setState(isDone ? 'copied' : 'failed');
  };
  return (
    <Button
      variant={variant}
      size={children === undefined ? 'icon' : 'sm'}
      onClick={() => void copy()}
      aria-label={children === undefined ? label : undefined}
      {...rest}
    >
      {state === 'copied' ? <Check aria-hidden="true" className="size-3.5" /> : <Copy aria-hidden="true" className="size-3.5" />}
      {children !== undefined && (state === 'copied' ? 'Copied' : state === 'failed' ? 'Select and copy by hand' : children)}
      <span role="status" className="sr-only">
        {state === 'copied' ? 'Copied' : state === 'failed' ? 'Copying isn’t possible here' : ''}
      </span>
    </Button>
  );
}

async function writeText(value: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    return false;
  }
}

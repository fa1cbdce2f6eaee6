import type { ComponentProps } from 'react';
import { Input } from '@/components/ui/input';

/** Type "text": browsers refuse some addresses that mail servers take; the server checks. */
export function EmailInput({ autoComplete = 'email', ...rest }: Omit<ComponentProps<'input'>, 'type'>) {
  return (
    <Input
      {...rest}
      type="text"
      inputMode="email"
      autoComplete={autoComplete}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
    />
  );
}

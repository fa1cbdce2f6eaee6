import type { ComponentProps } from 'react';
import { Input } from '@/components/ui/input';

/** Its type is "text", because browsers refuse some addresses that mail servers accept. The server checks it. */
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

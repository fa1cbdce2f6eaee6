'use client';

import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

/** A form as on a customer's site, with the shipped script and a public key of the reader. */
export function WidgetDemo({ script }: { script: string }) {
  const [key, setKey] = useState('');
  const [heard, setHeard] = useState('');
  const [isSent, setIsSent] = useState(false);
  const isLoaded = useScript(script);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const input = field.current;
    if (input === null || !isLoaded || key === '') return undefined;
    const hear = (event: Event) => setHeard('detail' in event ? JSON.stringify(event.detail, null, 2) : '');
    input.addEventListener('email-verifier:result', hear);
    const detach = window.EmailVerifier?.attach(input, { key, block: true, policy: 'signup' });
    return () => {
      input.removeEventListener('email-verifier:result', hear);
      detach?.();
    };
  }, [isLoaded, key]);

  return (
    <div className="grid gap-6 rounded-card border border-hairline bg-raised p-5 sm:grid-cols-2">
      <form
        className="flex flex-col gap-4 [&_.email-verifier]:text-table [&_.email-verifier]:text-danger [&_.email-verifier-suggestion]:text-accent [&_.email-verifier-suggestion]:underline"
        onSubmit={(event) => {
          event.preventDefault();
          setIsSent(true);
        }}
      >
        <Field label="Public key" htmlFor="demo-key" hint="One that allows this site’s origin. It stays in this page.">
          <Input
            id="demo-key"
            value={key}
            onChange={(event) => setKey(event.target.value.trim())}
            placeholder="evk_pub_…"
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
        <div className="flex flex-col gap-1.5">
          <label htmlFor="demo-email" className="text-table font-medium">
            Your email address
          </label>
          <Input id="demo-email" ref={field} type="email" required autoComplete="off" onChange={() => setIsSent(false)} />
        </div>
        <Button type="submit">Sign up</Button>
        <p role="status" className="text-table text-muted">
          {isSent ? 'The form was sent (to nobody: this is a demo).' : ''}
        </p>
      </form>
      <div className="min-w-0">
        <h3 className="text-table font-medium">Events your page receives</h3>
        <pre
          role="region"
          tabIndex={0}
          aria-label="Events your page receives"
          className="mt-2 overflow-x-auto rounded-card border border-hairline bg-bg p-3 font-mono text-meta"
        >
          {heard === '' ? 'Nothing yet.' : heard}
        </pre>
      </div>
    </div>
  );
}

function useScript(src: string): boolean {
  const [isLoaded, setIsLoaded] = useState(false);
  useEffect(() => {
    const script = document.createElement('script');
    script.src = src;
    script.addEventListener('load', () => setIsLoaded(true));
    document.head.append(script);
    return () => script.remove();
  }, [src]);
  return isLoaded;
}

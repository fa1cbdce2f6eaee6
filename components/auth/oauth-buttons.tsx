'use client';

import { signIn } from 'next-auth/react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';

const NAMES = { google: 'Google', github: 'GitHub' } as const;

interface OAuthButtonsProps {
  /** The providers that are set up here; if there are none, nothing is shown. */
  providers: readonly (keyof typeof NAMES)[];
  callbackPath: string;
}

export function OAuthButtons({ providers, callbackPath }: OAuthButtonsProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  if (providers.length === 0) return null;
  return (
    <div className="flex flex-col gap-2 [@media(scripting:none)]:hidden">
      {providers.map((provider) => (
        <Button
          key={provider}
          variant="secondary"
          loading={chosen === provider}
          onClick={() => {
            setChosen(provider);
            void signIn(provider, { callbackUrl: callbackPath }).catch(() => setChosen(null));
          }}
        >
          Continue with {NAMES[provider]}
        </Button>
      ))}
    </div>
  );
}

import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { EarlyPresses } from '@/components/shell/early-presses';
import { LateScripts } from '@/components/shell/late-scripts';
import { PRODUCT_NAME } from '@/components/shell/logo';
import { THEME_SCRIPT } from '@/components/shell/theme';
import { EARLY_EVENTS_SCRIPT } from '@/components/ui/early-events';
import { PALETTE_SCRIPT } from '@/components/ui/palette-button';
import { env } from '@/lib/platform/env';
import { FONT_CLASSES } from './fonts';
import './globals.css';

/** Pages are rendered on request, because only the running server knows their address (canonical links, examples): it is a setting. */
export async function generateMetadata(): Promise<Metadata> {
  await connection();
  return {
    metadataBase: new URL(env().APP_URL),
    title: { default: `${PRODUCT_NAME}: does this mailbox exist?`, template: `%s · ${PRODUCT_NAME}` },
    description: 'Tells whether a mailbox exists without sending mail, and shows why it says so.',
    applicationName: PRODUCT_NAME,
    manifest: '/site.webmanifest',
    icons: {
      icon: [
        { url: '/favicon.ico', sizes: '32x32' },
        { url: '/icon.svg', type: 'image/svg+xml' },
      ],
      apple: '/apple-touch-icon.png',
    },
    openGraph: { siteName: PRODUCT_NAME, type: 'website' },
  };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  // The page backgrounds of globals.css: the browser's own bars can't read CSS variables.
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#0b0b0d' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Our inline script needs the page's nonce. It sets the theme before the first paint, opens palettes, and records input that arrives
  // before the page is hydrated.
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <html lang="en" className={FONT_CLASSES} suppressHydrationWarning>
      <body className="min-h-dvh">
        {/* Browsers hide the nonce from scripts, so the attribute never matches the rendered one. */}
        <script
          id="early-script"
          nonce={nonce}
          suppressHydrationWarning
          dangerouslySetInnerHTML={{ __html: `${THEME_SCRIPT};${PALETTE_SCRIPT};${EARLY_EVENTS_SCRIPT}` }}
        />
        <a
          href="#main"
          className="sr-only rounded-control bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50"
        >
          Skip to the content
        </a>
        <LateScripts />
        {children}
        <EarlyPresses />
      </body>
    </html>
  );
}

import { BookOpen, Braces, FlaskConical, RefreshCw, TextCursorInput, Webhook } from 'lucide-react';
import Link from 'next/link';
import { Fragment } from 'react';
import { CodePanel } from '@/components/docs/code-panel';
import { CodeTabs } from '@/components/docs/code-tabs';
import { CallToAction } from '@/components/marketing/call-to-action';
import { JsonLd } from '@/components/marketing/json-ld';
import { Section } from '@/components/marketing/section';
import { TextLink } from '@/components/marketing/text-link';
import { buttonClass } from '@/components/ui/button-class';
import { CopyButton } from '@/components/ui/copy-button';
import { DEVELOPERS, SDKS } from '@/content/developers';
import { FIRST_ANSWER } from '@/content/docs/quick-start';
import snippets from '@/content/docs/snippets.json';
import { metadataOf } from '@/content/page';
import { breadcrumbData } from '@/content/structured-data';
import { env } from '@/lib/platform/env';

export const metadata = metadataOf(DEVELOPERS);

/** Not a page, so it must not be a client-side link. */
const OPENAPI = '/v1/openapi.json';

const SDK_ROW = 'grid gap-x-8 gap-y-2 px-4 py-4 sm:px-5 md:grid-cols-[15rem_minmax(0,1fr)] md:items-center';

const MORE = [
  { href: '/docs', Icon: BookOpen, title: 'Quick start', text: 'From a test key to your first list.' },
  { href: '/docs/api', Icon: Braces, title: 'API reference', text: 'Every call, with a console for your test key.' },
  {
    href: '/docs/webhooks',
    Icon: Webhook,
    title: 'Webhooks',
    text: 'Signed to the Standard Webhooks spec, delivered at least once.',
  },
  {
    href: '/docs/test-mode',
    Icon: FlaskConical,
    title: 'Test mode',
    text: 'The address decides the answer. Nothing is charged.',
  },
  {
    href: '/compare',
    Icon: RefreshCw,
    title: 'Switch to us',
    text: 'Clients of five other services work here. What differs, with sources.',
  },
  { href: '/widget', Icon: TextCursorInput, title: 'Form widget', text: 'One script that checks addresses in your own forms.' },
] as const;

export default function DevelopersPage() {
  const { APP_URL: origin } = env();
  return (
    <>
      <div className="mx-auto grid max-w-6xl items-start gap-x-16 gap-y-10 px-4 pt-12 pb-16 sm:px-6 sm:pt-20 lg:grid-cols-2">
        <div className="min-w-0">
          <h1 className="text-display font-semibold tracking-tight text-balance sm:text-hero">One call, in your language</h1>
          <p className="mt-4 max-w-xl text-lead text-muted sm:text-intro">
            A REST API with an OpenAPI 3.1 document, and seven SDKs that behave alike: they retry safely, upload files of any
            size, page through results, and never charge you twice.
          </p>
          <div className="mt-6 flex flex-wrap gap-3">
            <Link href="/signup" className={buttonClass({ size: 'lg' })}>
              Get a test key
            </Link>
            <Link href="/docs" className={buttonClass({ size: 'lg', variant: 'secondary' })}>
              Read the quick start
            </Link>
          </div>
          <p className="mt-6 text-body">
            <a href={OPENAPI} className="font-mono text-table text-accent underline underline-offset-2">
              {origin}
              {OPENAPI}
            </a>
          </p>
        </div>
        <div className="min-w-0 lg:-my-4">
          <CodeTabs label="Verify one address" code={snippets['verify-one']} />
          <CodePanel label="The answer, shortened" code={JSON.stringify(FIRST_ANSWER, null, 2)} language="json" />
        </div>
      </div>
      <Section raised title="Install" lead="Every SDK passes the same test suite against the same server.">
        <ul className="divide-y divide-hairline rounded-dialog border border-hairline bg-card">
          {SDKS.map(({ language, name, install, needs }) => (
            <li key={language} className={SDK_ROW}>
              <div>
                <h3 className="text-lead font-semibold">{name}</h3>
                <p className="text-table text-muted">{needs}</p>
              </div>
              <div className="flex min-w-0 items-start gap-2">
                <InstallLine text={install} />
                <CopyButton
                  value={install}
                  label={`Copy: install for ${name}`}
                  variant="ghost"
                  className="[@media(scripting:none)]:hidden"
                />
              </div>
            </li>
          ))}
          <li className={SDK_ROW}>
            <h3 className="text-lead font-semibold">Any other language</h3>
            <p className="text-body text-muted">
              It’s plain HTTPS and JSON, with problem details for errors. Generate a client from the{' '}
              <a href={OPENAPI} className="text-accent underline underline-offset-2">
                OpenAPI document
              </a>
              , or use any HTTP client.
            </p>
          </li>
        </ul>
        <div className="mt-6">
          <TextLink href="/docs/sdks">What every SDK does</TextLink>
        </div>
      </Section>
      <Section title="Next steps">
        <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {MORE.map(({ href, Icon, title, text }) => (
            <li key={href}>
              <Link
                href={href}
                prefetch={false}
                className="flex h-full gap-3 rounded-dialog border border-hairline bg-card p-5 transition-colors hover:border-control"
              >
                <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-accent" />
                <span>
                  <span className="block text-lead font-semibold">{title}</span>
                  <span className="mt-1 block text-body text-muted">{text}</span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </Section>
      <div className="border-t border-hairline">
        <div className="mx-auto max-w-6xl px-4 py-16 sm:px-6 sm:py-24">
          <CallToAction title="Try it with a test key">
            The address decides the answer, no mail server is asked, and nothing is charged. When it works, switch to a live key.
          </CallToAction>
        </div>
      </div>
      <JsonLd data={breadcrumbData([DEVELOPERS], origin)} />
    </>
  );
}

/** Each command has its own line, and breaks between its words: a browser would break `--path` after its hyphens. */
const InstallLine = ({ text }: { text: string }) => (
  <code className="min-w-0 flex-1 py-1 font-mono text-table wrap-anywhere">
    {text.split(/ (?=&&)/).map((command) => (
      <span key={command} className="block">
        {command.split(' ').map((word, index) => (
          <Fragment key={`${index}-${word}`}>
            {index > 0 && ' '}
            <span className="inline-block max-w-full">{word}</span>
          </Fragment>
        ))}
      </span>
    ))}
  </code>
);

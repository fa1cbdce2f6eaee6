import Link from 'next/link';
import { PageHead } from '@/components/learn/page-head';
import { JsonLd } from '@/components/marketing/json-ld';
import { Prose } from '@/components/marketing/prose';
import { buttonClass } from '@/components/ui/button-class';
import { metadataOf } from '@/content/page';
import { breadcrumbData } from '@/content/structured-data';
import { CONTACT } from '@/content/support';
import { env } from '@/lib/platform/env';

export const metadata = metadataOf(CONTACT);

export default function ContactPage() {
  const { CONTACT_EMAIL: address, APP_URL: origin } = env();
  return (
    <div className="mx-auto max-w-6xl px-4 py-12 sm:px-6 sm:py-16">
      <PageHead page={CONTACT} lead="Find the most common answers below. For anything else, write to us." />
      {address === undefined ? (
        <p className="mt-6 max-w-2xl rounded-card border border-hairline bg-raised p-5 text-lead">
          This installation has no contact address. Ask the person who gave you access.
        </p>
      ) : (
        <div className="mt-6 flex max-w-2xl flex-wrap items-center justify-between gap-4 rounded-card border border-hairline bg-raised p-5">
          <p className="font-mono text-lead break-all">{address}</p>
          <a href={`mailto:${address}`} className={buttonClass()}>
            Write to us
          </a>
        </div>
      )}
      <Prose>
        <h2>Before you write</h2>
        <ul>
          <li>
            <strong>A verdict surprises you.</strong> Open the verification and read the server’s own words under Evidence.{' '}
            <Link href="/learn/how-it-works">How it works</Link> explains how they become a verdict.
          </li>
          <li>
            <strong>An address bounced.</strong> Report it on the verification’s page or by <code>POST /v1/feedback</code> with
            the server’s code. Its credit comes back, within limits.
          </li>
          <li>
            <strong>A charge is unclear.</strong> Each row of the ledger links to its cause, and the{' '}
            <Link href="/pricing#free">pricing page</Link> lists what every answer costs.
          </li>
          <li>
            <strong>A term is new to you.</strong> Look it up in the <Link href="/glossary">glossary</Link>.
          </li>
        </ul>
        <h2>What to include</h2>
        <ul>
          <li>
            The id of the verification or list (<code>ver_…</code>, <code>lst_…</code>), and for an API call its{' '}
            <code>X-Request-Id</code>.
          </li>
          <li>What you expected, and what you got instead.</li>
          <li>Never an API key or a password.</li>
        </ul>
        <h2>Other topics</h2>
        <ul>
          <li>
            <strong>Security:</strong> please report privately, as the <Link href="/security#report">security page</Link> says.
          </li>
          <li>
            <strong>Your mail server sees our connections:</strong> see <Link href="/acceptable-use">acceptable use</Link>, and
            refuse us with a clear reply if you want fewer.
          </li>
          <li>
            <strong>Your data:</strong> <Link href="/privacy">privacy</Link> says what is kept. You can delete your account in the
            settings.
          </li>
          <li>
            <strong>More than the plans offer:</strong> see <Link href="/pricing">pricing</Link>.
          </li>
        </ul>
      </Prose>
      <JsonLd data={breadcrumbData([CONTACT], origin)} />
    </div>
  );
}

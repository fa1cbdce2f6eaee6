import { GlossaryIndex, GlossaryList } from '@/components/learn/glossary-list';
import { PageHead } from '@/components/learn/page-head';
import { CallToAction } from '@/components/marketing/call-to-action';
import { JsonLd } from '@/components/marketing/json-ld';
import { GLOSSARY } from '@/content/glossary/glossary';
import { TERMS } from '@/content/glossary/terms.data';
import { metadataOf } from '@/content/page';
import { glossaryData } from '@/content/structured-data';
import { env } from '@/lib/platform/env';

export const metadata = metadataOf(GLOSSARY);

export default function GlossaryPage() {
  return (
    <div className="mx-auto max-w-6xl px-4 py-12 sm:px-6 sm:py-16">
      <PageHead page={GLOSSARY} lead={`${TERMS.length} words that come up when addresses are verified, in plain language.`} />
      <GlossaryIndex terms={TERMS} />
      <GlossaryList terms={TERMS} />
      <div className="mt-12">
        <CallToAction title="See the words in a real answer">
          The free verifier shows what a mail server says about an address, layer by layer. No account is needed.
        </CallToAction>
      </div>
      <JsonLd data={glossaryData(GLOSSARY, TERMS, env().APP_URL)} />
    </div>
  );
}

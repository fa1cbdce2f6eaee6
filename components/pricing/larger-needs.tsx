import { buttonClass } from '@/components/ui/button-class';

/** For volumes above the plans. Without a contact address nothing is offered, because nobody could answer. */
export function LargerNeeds({ contact }: { contact: string | undefined }) {
  return (
    <section className="mt-4 flex flex-wrap items-center justify-between gap-4 rounded-card border border-hairline p-5">
      <div className="max-w-2xl">
        <h3 className="text-lead font-semibold">Enterprise</h3>
        <p className="mt-1 text-body text-muted">
          Custom credits, API rates and terms.
          {contact === undefined && ' Ask whoever runs this installation.'}
        </p>
      </div>
      {contact !== undefined && (
        <a href={`mailto:${contact}?subject=Email%20Verifier%20Enterprise`} className={buttonClass({ variant: 'secondary' })}>
          Talk to us
        </a>
      )}
    </section>
  );
}

import { Checkbox } from '@/components/ui/checkbox';
import { TEXT_LINK } from './auth-card';

interface TermsCheckboxProps {
  error: string | undefined;
  /** They were accepted in the form that comes back. */
  isAccepted?: boolean;
}

/** Acceptance of the terms: people tick it themselves; it is never checked beforehand. */
export function TermsCheckbox({ error, isAccepted = false }: TermsCheckboxProps) {
  const label = (
    <>
      I accept the{' '}
      <a href="/terms" target="_blank" className={TEXT_LINK}>
        terms
      </a>{' '}
      and the{' '}
      <a href="/acceptable-use" target="_blank" className={TEXT_LINK}>
        acceptable use policy
      </a>
    </>
  );
  return (
    <div className="flex flex-col gap-1.5">
      <Checkbox
        id="terms"
        name="terms"
        required
        defaultChecked={isAccepted}
        label={label}
        {...(error !== undefined && { 'aria-invalid': true, 'aria-describedby': 'terms-error' })}
      />
      {error !== undefined && (
        <p id="terms-error" className="text-table text-danger">
          {error}
        </p>
      )}
    </div>
  );
}

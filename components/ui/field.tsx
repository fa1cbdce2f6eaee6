import { cloneElement, isValidElement, type ReactNode } from 'react';
import { cn } from './cn';

interface FieldProps {
  label: ReactNode;
  /** The id of the control inside. */
  htmlFor: string;
  /** Shown beside the label, e.g. a link for people who can't fill in the field. */
  aside?: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  children: ReactNode;
  className?: string;
}

interface Described {
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
}

/** A label above a control, with a hint and an error that assistive technology reads with it. */
export function Field({ label, htmlFor, aside, hint, error, children, className }: FieldProps) {
  const hasError = error !== undefined && error !== null && error !== '';
  const describedBy = [hint !== undefined && `${htmlFor}-hint`, hasError && `${htmlFor}-error`].filter(Boolean).join(' ');
  const described: Described = {
    ...(describedBy !== '' && { 'aria-describedby': describedBy }),
    ...(hasError && { 'aria-invalid': true }),
  };
  return (
    <div className={cn('flex flex-col gap-1.5', className)}>
      <div className="flex flex-wrap justify-between gap-x-4 text-table">
        <label htmlFor={htmlFor} className="font-medium">
          {label}
        </label>
        {aside}
      </div>
      {isValidElement<Described>(children) ? cloneElement(children, described) : children}
      {hint !== undefined && (
        <p id={`${htmlFor}-hint`} className="text-table text-muted">
          {hint}
        </p>
      )}
      {hasError && (
        <p id={`${htmlFor}-error`} className="text-table text-danger">
          {error}
        </p>
      )}
    </div>
  );
}

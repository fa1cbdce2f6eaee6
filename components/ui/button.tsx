import type { VariantProps } from 'class-variance-authority';
import { cloneElement, isValidElement, type ComponentProps } from 'react';
import { cn } from './cn';
import { buttonClass } from './button-class';
import { Spinner } from './spinner';

export { buttonClass };

export interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof buttonClass> {
  /** Shows a spinner beside the label and takes no clicks. */
  loading?: boolean;
  /** Gives the one child element (a link) the looks of a button. */
  asChild?: boolean;
}

export function Button({ variant, size, loading = false, asChild = false, className, children, disabled, ...rest }: ButtonProps) {
  const classes = cn(buttonClass({ variant, size }), className);
  if (asChild && isValidElement<{ className?: string }>(children)) {
    return cloneElement(children, { className: cn(classes, children.props.className) });
  }
  return (
    <button type="button" className={classes} disabled={disabled === true || loading} aria-busy={loading || undefined} {...rest}>
      {loading && <Spinner />}
      {children}
    </button>
  );
}

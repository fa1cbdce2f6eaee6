import type { VariantProps } from 'class-variance-authority';
import { cloneElement, isValidElement, type ComponentProps, type SyntheticEvent } from 'react';
import { cn } from './cn';
import { buttonClass } from './button-class';
import { Spinner } from './spinner';

export { buttonClass };

export interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof buttonClass> {
  /** Shows a spinner beside the label and ignores clicks. */
  loading?: boolean;
  /** Gives its single child element (a link) the look of a button. */
  asChild?: boolean;
}

/** A busy button keeps the focus, which a disabled one would lose. It ignores presses, so its form is not submitted twice. */
export function Button({ variant, size, loading = false, asChild = false, className, children, onClick, ...rest }: ButtonProps) {
  const classes = cn(buttonClass({ variant, size }), className);
  if (asChild && isValidElement<{ className?: string }>(children)) {
    return cloneElement(children, { className: cn(classes, children.props.className) });
  }
  return (
    <button
      type="button"
      className={classes}
      onClick={loading ? stop : onClick}
      {...(loading && { 'aria-busy': true, 'aria-disabled': true })}
      {...rest}
    >
      {loading && <Spinner />}
      {children}
    </button>
  );
}

const stop = (event: SyntheticEvent) => event.preventDefault();

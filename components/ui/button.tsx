import { cva, type VariantProps } from 'class-variance-authority';
import { cloneElement, isValidElement, type ComponentProps } from 'react';
import { cn } from '@/lib/cn';
import { Spinner } from './spinner';

/** Class names of a button, for links that look like one. */
export const buttonClass = cva(
  'inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-control border font-medium transition-colors disabled:cursor-not-allowed disabled:opacity-60 aria-disabled:pointer-events-none',
  {
    variants: {
      variant: {
        primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-hover',
        secondary: 'border-hairline bg-bg text-fg hover:bg-sunken',
        ghost: 'border-transparent bg-transparent text-muted hover:bg-sunken hover:text-fg',
        danger: 'border-transparent bg-danger-solid text-on-danger hover:opacity-90',
      },
      size: {
        sm: 'h-7 px-2.5 text-table',
        md: 'h-9 px-3.5 text-body',
        lg: 'h-11 px-5 text-lead',
      },
    },
    defaultVariants: { variant: 'primary', size: 'md' },
  },
);

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

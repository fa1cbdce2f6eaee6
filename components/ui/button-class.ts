import { cva } from 'class-variance-authority';

/** A button's class names alone. Pages that must stay small use them without the class merger that `Button` brings along. */
export const buttonClass = cva(
  'inline-flex shrink-0 items-center justify-center gap-2 rounded-control border font-medium whitespace-nowrap transition-colors select-none disabled:cursor-not-allowed disabled:opacity-60 aria-disabled:cursor-not-allowed aria-disabled:opacity-60',
  {
    variants: {
      variant: {
        primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-hover',
        secondary: 'border-hairline bg-float text-fg hover:bg-hover',
        ghost: 'border-transparent bg-transparent text-muted hover:bg-hover hover:text-fg',
        danger: 'border-transparent bg-danger-solid text-on-danger hover:opacity-90',
      },
      size: {
        sm: 'h-7 px-2.5 text-table pointer-coarse:h-9 pointer-coarse:px-3',
        icon: 'size-7 pointer-coarse:size-9',
        md: 'h-9 px-3.5 text-body pointer-coarse:h-10',
        lg: 'h-11 px-5 text-lead',
      },
    },
    defaultVariants: { variant: 'primary', size: 'md' },
  },
);

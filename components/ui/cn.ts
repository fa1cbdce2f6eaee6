import { clsx, type ClassValue } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

// Our own type scale: without this the merger takes `text-body` for a color and drops it beside `text-muted`.
const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ['meta', 'table', 'body', 'lead', 'section', 'page', 'display', 'hero'],
      radius: ['control', 'card', 'dialog'],
    },
  },
});

/** Joins class names; of two that set the same property the later wins. */
export const cn = (...classes: ClassValue[]): string => merge(clsx(classes));

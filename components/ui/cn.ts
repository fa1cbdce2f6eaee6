import { clsx, type ClassValue } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

// Declares our own type scale. Without it, the merger takes `text-body` for a color and drops it next to `text-muted`.
const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ['meta', 'table', 'body', 'lead', 'section', 'page', 'display', 'hero'],
      radius: ['control', 'card', 'dialog'],
    },
  },
});

/** Joins class names. If two set the same property, the later one wins. */
export const cn = (...classes: ClassValue[]): string => merge(clsx(classes));

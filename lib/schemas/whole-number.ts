// A whole number typed into a form, or nothing. Separators that people type are read over.
import { z } from 'zod';

/** Null where the field was left empty; NaN where it holds no number, so that the service says what is wrong. */
export const wholeNumberField = z
  .string()
  .max(30)
  .transform((text) => {
    const digits = text.replace(/[\s,_'’]/g, '');
    if (digits === '') return null;
    return /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
  });

/** The look of every text control. Where fingers type, its text has 16 px: below that, iOS zooms the page to the control. */
export const CONTROL_CLASS =
  'w-full rounded-control border border-control bg-bg text-fg transition-colors placeholder:text-subtle disabled:cursor-not-allowed disabled:opacity-60 aria-invalid:border-danger-solid pointer-coarse:text-lead';

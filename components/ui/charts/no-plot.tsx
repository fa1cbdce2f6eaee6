/** Shown if the chart library could not be loaded: the page works without it, and the table has the values. */
export const NoPlot = () => (
  <p className="grid h-full place-items-center rounded-card bg-raised text-center text-table text-muted">
    The chart could not be loaded. The table has its values.
  </p>
);

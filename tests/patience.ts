// How long tests wait for what they expect on a page. It only ends what will never come; on a quiet machine nothing takes this long.
if (typeof document !== 'undefined') {
  const { configure } = await import('@testing-library/react');
  configure({ asyncUtilTimeout: 30_000 });
}

export {};

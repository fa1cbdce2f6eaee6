// How long tests wait for what they expect on a page. It ends what will never come; on a quiet machine nothing waits so long.
if (typeof document !== 'undefined') {
  const { configure } = await import('@testing-library/react');
  configure({ asyncUtilTimeout: 30_000 });
}

export {};

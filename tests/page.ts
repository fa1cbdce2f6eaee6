// Test files that share a process share its page too: each begins with an empty one, whatever the file before it left behind.
// The time that a test waits for something on a page only ends what will never come: on a quiet machine nothing takes this long.
if (typeof document !== 'undefined') {
  document.body.replaceChildren();
  for (const { name } of [...document.documentElement.attributes]) document.documentElement.removeAttribute(name);
  localStorage.clear();
  sessionStorage.clear();
  const { configure } = await import('@testing-library/react');
  configure({ asyncUtilTimeout: 30_000 });
}

export {};

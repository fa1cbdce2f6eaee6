/** The names, each changed as little as makes it differ from those in `taken` and from each other; letter case does not count. */
export function distinctNames(names: readonly string[], taken: readonly string[] = []): string[] {
  const used = new Set(taken.map((name) => name.toLowerCase()));
  return names.map((name) => {
    let distinct = name;
    for (let count = 2; used.has(distinct.toLowerCase()); count++) distinct = `${name}_${count}`;
    used.add(distinct.toLowerCase());
    return distinct;
  });
}

// One value of a page's query; null if it is missing or repeated.

export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

export async function searchParam(params: SearchParams, name: string): Promise<string | null> {
  const value = (await params)[name];
  return typeof value === 'string' ? value : null;
}

/** Fetch a file of JSON. */
export async function fetchFile<T>(url: string | URL): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${String(url)}`);
  return (await response.json()) as T;
}

/**
 * Published vectors (Wycheproof) from the folder `shared/vectors` beside the repository, in browsers from beside the
 * bundle. They are not part of the repository: where they are absent, a test prints that it skipped them.
 */
export async function publishedVectors<T>(file: string): Promise<T | null> {
  const text = import.meta.url.startsWith('file:') ? await fromDisk(file) : await fromServer(file)
  if (text === null) console.warn(`SKIPPED: published vectors ${file} are absent; their tests did not run`)
  return text === null ? null : JSON.parse(text)
}

async function fromDisk(file: string): Promise<string | null> {
  const [{ existsSync, readFileSync }, path] = await Promise.all([import('node:fs'), import('node:path')])
  const location = path.join(process.cwd(), '..', 'shared', 'vectors', file)
  return existsSync(location) ? readFileSync(location, 'utf8') : null
}

async function fromServer(file: string): Promise<string | null> {
  const response = await fetch(new URL(`published-vectors/${file}`, import.meta.url))
  return response.ok ? await response.text() : null
}

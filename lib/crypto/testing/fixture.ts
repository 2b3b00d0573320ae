/**
 * A file under this folder, such as `fixture('key-files/manifest.json')`. Tests that run in Node and in browsers read
 * their files by this alone: in Node it comes from the disk, elsewhere from where this module came from.
 */
export async function fixture(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const location = new URL(name, import.meta.url)
  if (location.protocol === 'file:') {
    const { readFile } = await import('node:fs/promises')
    return new Uint8Array(await readFile(location))
  }
  const response = await fetch(location)
  if (!response.ok) throw new Error(`the fixture ${name} is absent`)
  return new Uint8Array(await response.arrayBuffer())
}

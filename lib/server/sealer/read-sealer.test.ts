import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readSealer } from './read-sealer'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'drawbridge-sealer-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function put(content: string, ofWhich = content): void {
  const facts = { fileName: 'drawbridge-sealer.html', bytes: Buffer.byteLength(content), sha256: sha256(ofWhich) }
  writeFileSync(path.join(folder, 'drawbridge-sealer.html'), content)
  writeFileSync(path.join(folder, 'drawbridge-sealer.json'), JSON.stringify(facts))
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

describe('the offline sealer that the console gives out', () => {
  it('is the file that the build made, with the SHA-256 that the build wrote down', async () => {
    put('<!doctype html>')
    const sealer = await readSealer(folder)
    expect(sealer?.facts.sha256).toBe(sha256('<!doctype html>'))
    expect(Buffer.from(sealer?.content ?? []).toString()).toBe('<!doctype html>')
  })

  it('is not given out when it is another file than that', async () => {
    put('<!doctype html><script>/* another */</script>', '<!doctype html>')
    expect(await readSealer(folder)).toBeNull()
  })

  it('is not given out when it was never built', async () => {
    expect(await readSealer(folder)).toBeNull()
  })
})

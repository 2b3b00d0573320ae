import 'server-only'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { sha256Hex } from '@/lib/crypto'
import type { SealerFacts } from '@/lib/domain/keks/views'
import { placesOf } from '../log/failure-places'
import { log } from '../log/log'

// Where scripts/lib/sealer.mjs puts it, beside the console's other programs.
const FOLDER = path.join('build', 'sealer')
const factsSchema = z.object({ fileName: z.string(), bytes: z.int(), sha256: z.hex().length(64) })

export interface Sealer {
  facts: SealerFacts
  content: Uint8Array<ArrayBuffer>
}

let kept: Sealer | undefined

/**
 * The offline sealer as the build left it. Null when it is not there, or not the file whose SHA-256 the build wrote down.
 * Read once: what a page says of it and what is downloaded later are one and the same.
 */
export async function readSealer(folder = FOLDER): Promise<Sealer | null> {
  if (kept && folder === FOLDER) return kept
  const sealer = await readFrom(folder)
  if (sealer && folder === FOLDER) kept = sealer
  return sealer
}

async function readFrom(folder: string): Promise<Sealer | null> {
  try {
    const facts = factsSchema.parse(JSON.parse(await readFile(path.join(folder, 'drawbridge-sealer.json'), 'utf8')))
    const content = new Uint8Array(await readFile(path.join(folder, 'drawbridge-sealer.html')))
    if ((await sha256Hex(content)) === facts.sha256 && content.length === facts.bytes) return { facts, content }
    log('error', 'sealer-not-as-built', { where: 'sealer' })
  } catch (error) {
    log('warn', 'sealer-not-built', { where: 'sealer', ...placesOf(error) })
  }
  return null
}

import { decodeBase64 } from '../base64'
import type { Bytes } from '../bytes'
import { fixture } from './fixture'

/** A file of the corpus: how it was made, and what it has to become. `scripts/key-file-corpus` says more. */
export interface CorpusFile {
  file: string
  tool: string
  command: string
  passphrase?: string
  format?: string
  /** SHA-256 of each SubjectPublicKeyInfo, or a symmetric key's check value. */
  keys?: string[]
  /** Why others of its keys are not among these. */
  leftOut?: string[]
  refusal?: string
  bytes: Bytes
}

/** The whole corpus, in the manifest's order. */
export async function keyFileCorpus(): Promise<CorpusFile[]> {
  const [manifest, contents] = await Promise.all(['corpus/manifest.json', 'corpus/contents.json'].map(readJson))
  return manifest.map((entry: Omit<CorpusFile, 'bytes'>) => ({ ...entry, bytes: decodeBase64(contents[entry.file]) }))
}

const readJson = async (name: string) => JSON.parse(new TextDecoder().decode(await fixture(name)))

/** One file of it. */
export async function corpusFile(file: string): Promise<CorpusFile> {
  const found = (await keyFileCorpus()).find((entry) => entry.file === file)
  if (!found) throw new Error(`the corpus has no ${file}`)
  return found
}

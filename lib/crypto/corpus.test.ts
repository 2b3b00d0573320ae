import { describe, expect, it } from 'vitest'
import { readKeyFile } from './key-file/read-key-file'
import { type CorpusFile, keyFileCorpus } from './testing/corpus'

const corpus = await keyFileCorpus()
const named = (files: readonly CorpusFile[]) => files.map((file) => ({ name: file.file, file }))
const passphraseOf = ({ passphrase }: CorpusFile) =>
  passphrase === undefined ? {} : { passphrase: new TextEncoder().encode(passphrase) }

/** GnuTLS asks for 600,000 iterations, in PKCS#12 several times: a second or two, or many on a busy machine. */
const options = { timeout: 120_000 }

describe('the corpus', () => {
  it('holds at least 250 files by five tools', () => {
    expect(corpus.length).toBeGreaterThanOrEqual(250)
    expect(new Set(corpus.map(({ tool }) => tool))).toEqual(
      new Set(['openssl', 'certtool', 'ssh-keygen', 'softhsm2', 'keytool']),
    )
  })
})

describe('a tool’s file becomes the key that the tool says it is', () => {
  it.each(named(corpus.filter(({ keys }) => keys)))('$name', options, async ({ file }) => {
    const read = await readKeyFile(file.bytes, passphraseOf(file))
    if (read.result !== 'keys') throw new Error(JSON.stringify(read))
    const values = read.keys.map(({ thumbprints, kcv }) => thumbprints.spkiSha256 ?? kcv?.ecb)
    for (const key of read.keys) key.wipe()
    expect({ format: read.format, values }).toEqual({ format: file.format, values: file.keys })
    expect([...(read.leftOut ?? [])].sort()).toEqual([...(file.leftOut ?? [])].sort())
  })
})

describe('what no vault takes, or nobody reads, is refused for its own reason', () => {
  it.each(named(corpus.filter(({ refusal }) => refusal)))('$name', options, async ({ file }) => {
    expect(await readKeyFile(file.bytes, passphraseOf(file))).toMatchObject({ result: 'refused', code: file.refusal })
  })
})

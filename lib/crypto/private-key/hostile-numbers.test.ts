import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bytes, copyBytes } from '../bytes'
import { KeyFileRefused } from '../key-file/refusals'
import { type SampleRsa, sampleCurves, sampleEcNumbers, sampleRsaNumbers } from '../testing/sample-keys'
import { foundKey } from './found-key-of'
import type { PrivateNumbers, RsaPrivateNumbers } from './private-numbers'

const bytes: fc.Arbitrary<Bytes> = fc.uint8Array({ maxLength: 600 }).map(copyBytes)

/** A key, or a refusal in our own words, and never anything else. */
async function onlyOurWords(numbers: PrivateNumbers): Promise<void> {
  try {
    const key = await foundKey(numbers)
    expect(['RSA', 'EC', 'oct']).toContain(key.kind)
  } catch (cause) {
    expect(cause).toBeInstanceOf(KeyFileRefused)
  }
}

describe('hostile numbers are refused in our own words', { timeout: 60_000 }, () => {
  it('RSA: any members at all', async () => {
    const members = { n: bytes, e: bytes, d: bytes, p: bytes, q: bytes, dp: bytes, dq: bytes, qi: bytes }
    const numbers = fc.record(members).map((record): PrivateNumbers => ({ kind: 'RSA', ...record }))
    await fc.assert(fc.asyncProperty(numbers, onlyOurWords), { numRuns: 300 })
  })

  it('RSA: one member of a sound key replaced', async () => {
    const member = fc.constantFrom<Exclude<keyof RsaPrivateNumbers, 'kind'>>('n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi')
    const sample = fc.constantFrom<SampleRsa>('RSA-2048', 'RSA-3072')
    const numbers = fc
      .tuple(sample, member, bytes)
      .map(([name, at, value]): PrivateNumbers => ({ ...sampleRsaNumbers(name), [at]: value }))
    await fc.assert(fc.asyncProperty(numbers, onlyOurWords), { numRuns: 200 })
  })

  it('EC: any scalar, any point', async () => {
    const point = fc.option(fc.record({ x: bytes, y: bytes }), { nil: undefined })
    const numbers = fc
      .tuple(fc.constantFrom(...sampleCurves), bytes, point)
      .map(([curve, d, given]): PrivateNumbers => ({ kind: 'EC', curve, d, point: given }))
    await fc.assert(fc.asyncProperty(numbers, onlyOurWords), { numRuns: 100 })
  })

  it('EC: a key on the wrong curve', async () => {
    for (const curve of sampleCurves) {
      for (const other of sampleCurves.filter((name) => name !== curve)) {
        const numbers = { ...sampleEcNumbers(curve), curve: other }
        await expect(foundKey(numbers)).rejects.toMatchObject({ code: 'ec-inconsistent' })
      }
    }
  })

  it('a symmetric key of any bytes', async () => {
    const numbers = bytes.map((value): PrivateNumbers => ({ kind: 'oct', bytes: value }))
    await fc.assert(fc.asyncProperty(numbers, onlyOurWords), { numRuns: 200 })
  })
})

import { describe, expect, it } from 'vitest'
import { concatBytes } from '../bytes'
import { curves } from '../curves'
import { writeDer, writeDerBitString, writeDerSequence, writeDerUnsignedInteger } from '../der-writer'
import { corpusFile } from '../testing/corpus'
import { sampleCurves, sampleEcNumbers } from '../testing/sample-keys'
import { readKeyFile } from './read-key-file'
import { readSec1 } from './sec1'

/** ECPrivateKey without parameters, as GnuTLS 3.7 writes it. */
const nameless = (d: Uint8Array, point: Uint8Array | undefined) =>
  writeDerSequence(
    writeDerUnsignedInteger(Uint8Array.of(1)),
    writeDer(0x04, d),
    ...(point ? [writeDer(0xa1, writeDerBitString(point))] : []),
  )

const refusedCurve = expect.objectContaining({ code: 'unsupported-curve' })

describe('SEC 1 that names no curve', () => {
  it.each(['p-256', 'p-384', 'p-521'])('of GnuTLS is the key that GnuTLS was given: %s', async (key) => {
    const file = await corpusFile(`certtool-${key}.pem`)
    const read = await readKeyFile(file.bytes)
    if (read.result !== 'keys') throw new Error(read.result)
    expect(read.format).toBe('sec1')
    expect(read.keys.map(({ thumbprints }) => thumbprints.spkiSha256)).toEqual(
      (await corpusFile(`openssl-sec1-${key}.pem`)).keys,
    )
  })

  it.each(sampleCurves)('is of the curve that its public half is on: %s', (curve) => {
    const { d, point } = sampleEcNumbers(curve)
    const full = concatBytes(Uint8Array.of(0x04), point.x, point.y)
    expect(readSec1(nameless(d, full))).toEqual({ kind: 'EC', curve, d, point })
    const hybrid = concatBytes(Uint8Array.of(0x06 | ((point.y.at(-1) ?? 0) & 1)), point.x, point.y)
    expect(readSec1(nameless(d, hybrid))).toEqual({ kind: 'EC', curve, d, point })
  })

  it.each(sampleCurves)('is refused where a point does not tell it, or there is none: %s', (curve) => {
    const { d, point } = sampleEcNumbers(curve)
    const [compressed, full] = [
      concatBytes(Uint8Array.of(0x02 | ((point.y.at(-1) ?? 0) & 1)), point.x),
      concatBytes(Uint8Array.of(0x04), point.x, point.y),
    ]
    const beside = full.with(-1, (full.at(-1) ?? 0) ^ 1)
    const longer = concatBytes(full, Uint8Array.of(0))
    const zero = new Uint8Array(1 + 2 * curves[curve].coordinateBytes).fill(4, 0, 1)
    for (const octets of [undefined, compressed, beside, longer, zero, Uint8Array.of(0), Uint8Array.of()])
      expect(() => readSec1(nameless(d, octets))).toThrow(refusedCurve)
  })

  it('whose public half is another key’s is refused', async () => {
    const { point } = sampleEcNumbers('P-256')
    const full = concatBytes(Uint8Array.of(0x04), point.x, point.y)
    const other = nameless(new Uint8Array(32).fill(7), full)
    expect(await readKeyFile(other)).toMatchObject({ result: 'refused', code: 'ec-inconsistent' })
  })
})

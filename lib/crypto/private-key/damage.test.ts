import { describe, expect, it } from 'vitest'
import type { CurveName } from '../curves'
import { encodeHex } from '../hex'
import { readPkcs8 } from '../key-file/pkcs8'
import { KeyFileRefused } from '../key-file/refusals'
import { type SampleRsa, sampleCurves, sampleEcNumbers, samplePkcs8 } from '../testing/sample-keys'
import type { FoundKey } from './found-key'
import { foundKey } from './found-key-of'
import { encodeEcPkcs8 } from './pkcs8-encoding'

/** The key of a PKCS#8, or null where it is refused in our own words. Anything else is thrown on. */
async function keyOf(pkcs8: Uint8Array): Promise<FoundKey | null> {
  try {
    return await foundKey(readPkcs8(pkcs8))
  } catch (cause) {
    if (cause instanceof KeyFileRefused) return null
    throw cause
  }
}

function flipped(bytes: Uint8Array, at: number, mask: number): Uint8Array<ArrayBuffer> {
  const changed = Uint8Array.from(bytes)
  changed[at] = (changed[at] ?? 0) ^ mask
  return changed
}

describe('a format with redundancy, any one byte of it changed', { timeout: 120_000 }, () => {
  it.each<SampleRsa | CurveName>(['RSA-2048', ...sampleCurves])(
    '%s is refused or yields the same key',
    async (name) => {
      const file = samplePkcs8(name)
      const sound = encodeHex(file)
      let refused = 0
      for (let at = 0; at < file.length; at++) {
        const key = await keyOf(flipped(file, at, 1 << (at % 8)))
        if (key === null) refused++
        else expect(encodeHex(key.material), `byte ${at}`).toBe(sound)
      }
      expect(refused).toBeGreaterThan(file.length / 2)
    },
  )

  it('RSA’s CRT members are mended, and it is said', async () => {
    const file = samplePkcs8('RSA-2048')
    const key = await keyOf(flipped(file, file.length - 1, 4))
    expect(key?.warnings).toEqual(['crt-recomputed'])
  })
})

describe('a format without redundancy, any one byte of it changed', { timeout: 120_000 }, () => {
  it.each(sampleCurves)('a key on %s without its public half may be another, and it was said', async (curve) => {
    const file = encodeEcPkcs8(curve, sampleEcNumbers(curve).d)
    for (let at = 0; at < file.length; at += 3) {
      const key = await keyOf(flipped(file, at, 1 << (at % 8)))
      if (key !== null) expect(key.warnings).toContain('no-redundancy')
    }
  })

  it('a symmetric key is another with another check value, and it was said', async () => {
    const bytes = crypto.getRandomValues(new Uint8Array(32))
    const sound = await foundKey({ kind: 'oct', bytes: Uint8Array.from(bytes) })
    for (let at = 0; at < bytes.length; at++) {
      const key = await foundKey({ kind: 'oct', bytes: flipped(bytes, at, 1) })
      expect(key.warnings).toContain('no-redundancy')
      expect([key.kcv?.ecb, key.kcv?.cmac]).not.toEqual([sound.kcv?.ecb, sound.kcv?.cmac])
    }
  })
})

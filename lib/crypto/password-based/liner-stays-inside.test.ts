import { describe, expect, it } from 'vitest'
import { decryptDesEde3Cbc } from './des-ede3-cbc'

describe('webcrypto-liner', () => {
  it('decrypts 3DES and leaves the global crypto as it was: the same object, its methods native', async () => {
    const before = globalThis.crypto
    const methods = ['digest', 'importKey', 'exportKey', 'sign', 'verify', 'encrypt', 'decrypt', 'deriveBits'] as const
    const functions = methods.map((name) => before.subtle[name])
    const key = Uint8Array.from({ length: 24 }, (_, i) => i + 1)
    expect(await decryptDesEde3Cbc(key, new Uint8Array(8), new Uint8Array(16))).toBeUndefined()
    expect(globalThis.crypto).toBe(before)
    expect(methods.map((name) => globalThis.crypto.subtle[name])).toEqual(functions)
    const { crypto: liner } = await import('webcrypto-liner/build/index.es.js')
    expect(liner).not.toBe(before)
    expect(liner.subtle).not.toBe(before.subtle)
  })
})

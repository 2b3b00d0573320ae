import { describe, expect, it } from 'vitest'
import type { PublicPart } from '../../store/records'
import { familyOperations } from '../key-types'
import { algorithmMatrix, type CryptographicOperation, type MatrixKey, requireAlgorithm } from './algorithm-matrix'
import { cipherAlgorithms, signatureAlgorithms } from './algorithms'

const parts: Record<MatrixKey, PublicPart> = {
  RSA: { family: 'RSA', bits: 2048, n: '', e: '' },
  'P-256': { family: 'EC', curve: 'P-256', x: '', y: '' },
  'P-256K': { family: 'EC', curve: 'P-256K', x: '', y: '' },
  'P-384': { family: 'EC', curve: 'P-384', x: '', y: '' },
  'P-521': { family: 'EC', curve: 'P-521', x: '', y: '' },
  'oct-128': { family: 'oct', bits: 128 },
  'oct-192': { family: 'oct', bits: 192 },
  'oct-256': { family: 'oct', bits: 256 },
}

const all = { ckmAesKeyWrap: true, hmac: true }
const ask = (alg: string, operation: CryptographicOperation, key: MatrixKey, features = all) =>
  requireAlgorithm({ alg, operation, key: parts[key], features })

describe('the matrix', () => {
  it('is what the documentation lists, cell by cell', () => {
    const byKey = Object.fromEntries(Object.keys(parts).map((key) => [key, { sign: '', encrypt: '', wrapKey: '' }]))
    for (const [alg, { keys, operations }] of Object.entries(algorithmMatrix))
      for (const key of keys)
        for (const operation of operations)
          if (operation === 'sign' || operation === 'encrypt' || operation === 'wrapKey') {
            const row = byKey[key]
            if (row) row[operation] = `${row[operation]} ${alg}`.trim()
          }
    const rsa = 'RSA1_5 RSA-OAEP RSA-OAEP-256'
    const aes = (bits: number) => ({
      sign: 'HS256 HS384 HS512',
      encrypt: `A${bits}GCM A${bits}CBC A${bits}CBCPAD`,
      wrapKey: `A${bits}KW CKM_AES_KEY_WRAP CKM_AES_KEY_WRAP_PAD`,
    })
    const ec = (sign: string) => ({ sign, encrypt: '', wrapKey: '' })
    expect(byKey).toEqual({
      RSA: { sign: 'RS256 RS384 RS512 RSNULL PS256 PS384 PS512', encrypt: rsa, wrapKey: rsa },
      'P-256': ec('ES256'),
      'P-256K': ec('ES256K'),
      'P-384': ec('ES384'),
      'P-521': ec('ES512'),
      'oct-128': aes(128),
      'oct-192': aes(192),
      'oct-256': aes(256),
    })
  })

  it('allows both directions of everything, and signatures and ciphers for nothing else', () => {
    for (const [alg, { operations }] of Object.entries(algorithmMatrix)) {
      expect(operations.includes('sign'), alg).toBe(Object.hasOwn(signatureAlgorithms, alg))
      expect(operations.includes('encrypt') || operations.includes('wrapKey'), alg).toBe(
        Object.hasOwn(cipherAlgorithms, alg),
      )
      expect(operations.includes('verify'), alg).toBe(operations.includes('sign'))
      expect(operations.includes('decrypt'), alg).toBe(operations.includes('encrypt'))
      expect(operations.includes('unwrapKey'), alg).toBe(operations.includes('wrapKey'))
    }
  })

  it('gives no key an operation that its type can not have', () => {
    for (const [alg, { keys, operations }] of Object.entries(algorithmMatrix))
      for (const key of keys) {
        const possible: readonly string[] = familyOperations[parts[key].family]
        expect([alg, key, operations.filter((operation) => !possible.includes(operation))]).toEqual([alg, key, []])
      }
  })
})

describe('an algorithm is refused', () => {
  const invalid = 'The property "alg" has an invalid value.'

  it('when no version knows it, whatever it is called', () => {
    for (const alg of ['RS1', 'rs256', 'toString', '__proto__', 'constructor', ' RS256'])
      expect(() => ask(alg, 'sign', 'RSA'), alg).toThrow(invalid)
  })

  it('for another operation, for another key, and before the api-version that brought it', () => {
    expect(() => ask('RS256', 'encrypt', 'RSA')).toThrow(invalid)
    expect(() => ask('A128KW', 'encrypt', 'oct-128')).toThrow(invalid)
    expect(() => ask('ES384', 'sign', 'P-256')).toThrow(/^Key and signing algorithm are incompatible: ES384 /)
    expect(() => ask('A128KW', 'wrapKey', 'oct-256')).toThrow(/^Key and encryption algorithm are incompatible: A128KW /)
    expect(ask('CKM_AES_KEY_WRAP', 'wrapKey', 'oct-192')).toBe('CKM_AES_KEY_WRAP')
    expect(() => ask('CKM_AES_KEY_WRAP', 'wrapKey', 'oct-192', { ...all, ckmAesKeyWrap: false })).toThrow(invalid)
    expect(() => ask('HS256', 'sign', 'oct-256', { ...all, hmac: false })).toThrow(invalid)
  })
})

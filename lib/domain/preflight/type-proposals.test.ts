import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { KEY_SHAPES, type KeyShape, longestEncoding, shapeName, smallestEncoding } from './encoded-lengths'
import { nameProposals, proposeTypes } from './type-proposals'

const openSslName: Record<string, string> = {
  'P-256': 'prime256v1',
  'P-256K': 'secp256k1',
  'P-384': 'secp384r1',
  'P-521': 'secp521r1',
}

function pkcs8Length({ family, sizeOrCurve }: KeyShape): number {
  if (family === 'oct') return Number(sizeOrCurve) / 8
  const { privateKey } =
    family === 'RSA'
      ? generateKeyPairSync('rsa', { modulusLength: Number(sizeOrCurve) })
      : generateKeyPairSync('ec', { namedCurve: openSslName[sizeOrCurve] ?? '' })
  return privateKey.export({ type: 'pkcs8', format: 'der' }).length
}

describe('the type proposed from a length', () => {
  it.each(KEY_SHAPES.map((shape) => [shapeName(shape), shape] as const))(
    'includes %s for a key of OpenSSL’s',
    (name, shape) => {
      const remainder = 8 * Math.ceil(pkcs8Length(shape) / 8) + 8
      expect(proposeTypes(remainder).map((proposal) => proposal.name)).toContain(name)
    },
    30_000,
  )

  it.each([
    [24, 'AES-128'],
    [32, 'AES-192'],
    [40, 'AES-256'],
    [72, 'P-256K'],
    [80, 'P-256 or P-256K'],
    [88, 'P-256, P-256K or P-384'],
    [144, 'P-256K'],
    [152, 'P-256 or P-256K'],
    [200, 'P-384'],
    [256, 'P-521'],
    [1224, 'RSA-2048'],
    [1808, 'RSA-3072'],
    [2384, 'RSA-4096'],
    [648, 'no known type'],
    [48, 'no known type'],
    [3000, 'no known type'],
  ])('of %i bytes is %s: overlaps are named', (remainder, names) => {
    expect(nameProposals(proposeTypes(remainder))).toBe(names)
  })

  it('stays within the published ranges of every curve', () => {
    const ranges = KEY_SHAPES.filter(({ family }) => family === 'EC').map((shape) => [
      shapeName(shape),
      smallestEncoding(shape),
      longestEncoding(shape),
    ])
    expect(ranges).toEqual([
      ['P-256', 80, 160],
      ['P-256K', 72, 152],
      ['P-384', 88, 208],
      ['P-521', 112, 264],
    ])
  })
})

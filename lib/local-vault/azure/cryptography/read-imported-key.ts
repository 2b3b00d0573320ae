import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { badKey, badParameter } from '../fault'
import { curves, type Family } from '../key-types'
import type { ImportedJwk } from '../request-body'
import { type KeyMaterial, materialOfOct, materialOfPrivateKey } from './key-material'

/** A key given in the clear, as private JWK members. */
export function readClearKey(family: Family, key: ImportedJwk): KeyMaterial {
  switch (family) {
    case 'oct':
      if ((key.k?.length ?? 0) > 64)
        throw badParameter('JSON Web Key: k property of oct key is too large, maximum size is 64')
      return materialOfOct(key.k ?? Buffer.alloc(0))
    case 'RSA':
      return readClearRsa(rsaJwk(key))
    case 'EC':
      return materialOfPrivateKey(parse(ecJwk(key)))
  }
}

/** What a transfer blob held: PKCS#8 DER for RSA and EC, raw bytes for oct. */
export function readTransferredKey(family: Family, plaintext: Buffer): KeyMaterial {
  if (family === 'oct') return materialOfOct(plaintext)
  const material = materialOfPrivateKey(parseDer(withoutPadding(plaintext)))
  if (material.publicPart.family !== family) throw badKey()
  return material
}

/** Some tokens pad the DER to a multiple of 8 before they wrap it: up to 7 zero bytes may follow. */
function withoutPadding(bytes: Buffer): Buffer {
  const length = derLength(bytes)
  const rest = bytes.subarray(length)
  if (rest.length > 7 || rest.some((byte) => byte !== 0)) throw badKey()
  return bytes.subarray(0, length)
}

/** Length of the outer SEQUENCE, header included (X.690, 8.1.3). A PKCS#8 needs at most two length bytes here. */
function derLength(bytes: Buffer): number {
  const [tag, first] = bytes
  if (tag !== 0x30 || first === undefined) throw badKey()
  if (first < 0x80) return 2 + first
  if (first === 0x81 && bytes.length > 3) return 3 + bytes.readUInt8(2)
  if (first === 0x82 && bytes.length > 4) return 4 + bytes.readUInt16BE(2)
  throw badKey()
}

function parseDer(der: Buffer): KeyObject {
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  } catch {
    throw badKey()
  }
}

/** All members are there; that they do not belong together has a sentence of its own. */
function readClearRsa(key: JsonWebKey): KeyMaterial {
  try {
    return materialOfPrivateKey(createPrivateKey({ format: 'jwk', key }))
  } catch {
    throw badParameter('RSA key is not valid - cannot instantiate crypto service')
  }
}

function parse(key: JsonWebKey): KeyObject {
  try {
    return createPrivateKey({ format: 'jwk', key })
  } catch {
    throw badKey()
  }
}

function rsaJwk(key: ImportedJwk): JsonWebKey {
  const { n, e, d, p, q, dp, dq, qi } = key
  return { kty: 'RSA', ...encodeAll({ n, e, d, p, q, dp, dq, qi }) }
}

function ecJwk(key: ImportedJwk): JsonWebKey {
  if (!key.crv) throw badKey()
  const { x, y, d } = key
  return { kty: 'EC', crv: curves[key.crv].jwk, ...encodeAll({ x, y, d }) }
}

function encodeAll(members: Record<string, Buffer | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => {
      if (!value || value.length === 0) throw badKey()
      return [name, value.toString('base64url')]
    }),
  )
}

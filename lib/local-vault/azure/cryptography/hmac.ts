import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { Hmac } from './algorithms'

/** HS* (RFC 7518, section 3.2): the HMAC of the value as the caller sent it. */
export function signHmac({ hash }: Hmac, key: KeyObject, value: Buffer): Buffer {
  return createHmac(hash, key).update(value).digest()
}

export function verifyHmac(algorithm: Hmac, key: KeyObject, value: Buffer, mac: Buffer): boolean {
  const expected = signHmac(algorithm, key, value)
  return expected.length === mac.length && timingSafeEqual(expected, mac)
}

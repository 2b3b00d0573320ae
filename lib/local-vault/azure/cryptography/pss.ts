import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Digest } from './algorithms'

// EMSA-PSS (RFC 8017, section 9.1) over a digest that is already made, which node:crypto can't take. MGF1 with the same
// hash; the salt is as long as the digest, as the service's PS* algorithms have it. Moduli are multiples of 8 bits here.

const hash = (digest: Digest, data: Uint8Array): Buffer => createHash(digest.name).update(data).digest()

/** The encoded message for a modulus of `length` bytes. */
export function encodePss(digest: Digest, message: Buffer, length: number): Buffer {
  const salt = randomBytes(digest.bytes)
  const h = hashOfSalted(digest, message, salt)
  const block = Buffer.concat([Buffer.alloc(length - 2 * digest.bytes - 2), Buffer.of(1), salt])
  const masked = xor(block, mask(digest, h, block.length))
  masked.writeUInt8(masked.readUInt8(0) & 0x7f, 0)
  return Buffer.concat([masked, h, Buffer.of(0xbc)])
}

export function verifyPss(digest: Digest, message: Buffer, encoded: Buffer): boolean {
  const split = encoded.length - digest.bytes - 1
  const masked = encoded.subarray(0, split)
  const h = encoded.subarray(split, -1)
  if (encoded.at(-1) !== 0xbc || (masked.at(0) ?? 0xff) > 0x7f) return false
  const block = xor(masked, mask(digest, h, split))
  block.writeUInt8(block.readUInt8(0) & 0x7f, 0)
  const saltAt = split - digest.bytes
  const paddingFits = block.subarray(0, saltAt - 1).every((byte) => byte === 0) && block.at(saltAt - 1) === 1
  return paddingFits && timingSafeEqual(h, hashOfSalted(digest, message, block.subarray(saltAt)))
}

function hashOfSalted(digest: Digest, message: Buffer, salt: Buffer): Buffer {
  return hash(digest, Buffer.concat([Buffer.alloc(8), message, salt]))
}

/** MGF1 (RFC 8017, appendix B.2.1). */
function mask(digest: Digest, seed: Buffer, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / digest.bytes) }, (_unused, at) => {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(at)
    return hash(digest, Buffer.concat([seed, counter]))
  })
  return Buffer.concat(blocks).subarray(0, length)
}

function xor(left: Buffer, right: Buffer): Buffer {
  return Buffer.from(left.map((byte, at) => byte ^ (right[at] ?? 0)))
}

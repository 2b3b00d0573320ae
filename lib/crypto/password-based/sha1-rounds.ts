import { _SHA1, sha1 } from '@noble/hashes/legacy.js'
import type { Bytes } from '../bytes'
import type { DigestRounds } from './digest-rounds'

const length = 20

/**
 * noble's SHA-1, its compression called by itself: a digest and its padding are one block, of which only the digest
 * changes. RFC 3174 sections 4 and 6.1. Half as fast again as `update` and `digestInto`.
 */
export class Sha1Rounds extends _SHA1 implements DigestRounds {
  hash(message: Uint8Array, digest: Bytes): void {
    digest.set(sha1(message))
  }

  repeat(digest: Bytes, times: number): void {
    const { buffer, view } = this
    buffer.fill(0)
    buffer.set(digest)
    buffer[length] = 0x80
    view.setUint32(60, 8 * length)
    for (let round = 0; round < times; round++) {
      this.set(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0)
      this.process(view, 0)
      const [a, b, c, d, e] = this.get()
      view.setInt32(0, a)
      view.setInt32(4, b)
      view.setInt32(8, c)
      view.setInt32(12, d)
      view.setInt32(16, e)
    }
    digest.set(buffer.subarray(0, length))
  }

  wipe(): void {
    this.roundClean()
    this.destroy()
  }
}

import { _SHA256, sha256 } from '@noble/hashes/sha2.js'
import type { Bytes } from '../bytes'
import type { DigestRounds } from './digest-rounds'

const length = 32

/** noble's SHA-256, as `Sha1Rounds` has its SHA-1. FIPS 180-4 sections 5.1.1, 5.3.3 and 6.2. */
export class Sha256Rounds extends _SHA256 implements DigestRounds {
  hash(message: Uint8Array, digest: Bytes): void {
    digest.set(sha256(message))
  }

  repeat(digest: Bytes, times: number): void {
    const { buffer, view } = this
    buffer.fill(0)
    buffer.set(digest)
    buffer[length] = 0x80
    view.setUint32(60, 8 * length)
    for (let round = 0; round < times; round++) {
      this.set(0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19)
      this.process(view, 0)
      view.setInt32(0, this.A)
      view.setInt32(4, this.B)
      view.setInt32(8, this.C)
      view.setInt32(12, this.D)
      view.setInt32(16, this.E)
      view.setInt32(20, this.F)
      view.setInt32(24, this.G)
      view.setInt32(28, this.H)
    }
    digest.set(buffer.subarray(0, length))
  }

  wipe(): void {
    this.roundClean()
    this.destroy()
  }
}

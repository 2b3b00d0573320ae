import { textOf } from './ascii'
import { KeyFileRefused } from './refusals'

/** SSH's data types (RFC 4251 section 5), read in order. Throws `KeyFileRefused` with `damaged`, past the end too. */
export class SshReader {
  private at = 0
  constructor(private readonly bytes: Uint8Array) {}

  uint32(): number {
    return this.take(4).reduce((value, octet) => value * 256 + octet, 0)
  }

  /** A view. */
  string(): Uint8Array {
    return this.take(this.uint32())
  }

  /** A name in ASCII. */
  name(): string {
    const octets = this.string()
    if (octets.length > 64) throw new KeyFileRefused('damaged')
    return textOf(octets)
  }

  /** A non-negative multiple-precision integer's magnitude, a view; of 16384 bits at most, since arithmetic takes time. */
  mpint(): Uint8Array {
    const octets = this.string()
    if (octets.length > 2049 || (octets[0] ?? 0) >= 0x80) throw new KeyFileRefused('damaged')
    return octets[0] === 0 ? octets.subarray(1) : octets
  }

  rest(): Uint8Array {
    return this.take(this.bytes.length - this.at)
  }

  /** Whether what is left is 1, 2, 3, …, as OpenSSH fills its last block. */
  paddingIsRight(): boolean {
    return this.rest().every((octet, index) => octet === ((index + 1) & 0xff))
  }

  private take(length: number): Uint8Array {
    if (length > this.bytes.length - this.at) throw new KeyFileRefused('damaged')
    const taken = this.bytes.subarray(this.at, this.at + length)
    this.at += length
    return taken
  }
}

import { toBytes, toInteger } from '../big-integer'
import { type Bytes, copyBytes, equalBytes } from '../bytes'
import type { CurveName } from '../curves'
import type { EcPrivateNumbers, PrivateNumbers, RsaPrivateNumbers } from '../private-key/private-numbers'
import { wipeNumbers } from '../private-key/wipe-numbers'
import { inRefusals } from './in-refusals'
import { KeyFileRefused } from './refusals'
import { readPoint } from './sec1'
import { SshReader } from './ssh-reader'

const ecdsaCurves: Record<string, CurveName> = { nistp256: 'P-256', nistp384: 'P-384', nistp521: 'P-521' }
const ecdsa = 'ecdsa-sha2-'

/** Told by the public half, so before a passphrase is asked for. */
export function refuseForeignKeyType(type: string): void {
  if (type === 'ssh-rsa' || (type.startsWith(ecdsa) && Object.hasOwn(ecdsaCurves, type.slice(ecdsa.length)))) return
  if (type === 'ssh-dss') throw new KeyFileRefused('dsa', { detail: 'It is DSA.' })
  if (type === 'ssh-ed25519' || type === 'ssh-ed448') {
    throw new KeyFileRefused('edwards-curve', { detail: `It is ${type === 'ssh-ed448' ? 'Ed448' : 'Ed25519'}.` })
  }
  if (type.startsWith('sk-')) {
    throw new KeyFileRefused('no-private-key', { detail: 'The private key is in a security key and can’t leave it.' })
  }
  throw new KeyFileRefused('unsupported-algorithm')
}

/**
 * OpenSSH's private section: two equal check numbers, the key, its comment, padding of 1, 2, 3, … `broken`: what differing
 * check numbers mean. Throws `KeyFileRefused`: that, `damaged`, `rsa-inconsistent`, `ec-inconsistent`.
 */
export function readOpenSshKey(
  section: Uint8Array,
  publicKey: Uint8Array,
  broken: 'damaged' | 'wrong-passphrase',
): { numbers: PrivateNumbers; name?: string } {
  const reader = new SshReader(section)
  const [first, second] = [reader.uint32(), reader.uint32()]
  if (first !== second) throw new KeyFileRefused(broken)
  const type = reader.name()
  refuseForeignKeyType(type)
  const numbers = type === 'ssh-rsa' ? readRsa(reader, publicKey) : readEcdsa(reader, publicKey)
  try {
    const name = new TextDecoder().decode(reader.string()).trim()
    if (!reader.paddingIsRight()) throw new KeyFileRefused(broken)
    return { numbers, ...(name === '' ? {} : { name }) }
  } catch (cause) {
    wipeNumbers(numbers)
    throw cause
  }
}

function readRsa(reader: SshReader, publicKey: Uint8Array): RsaPrivateNumbers {
  const [n, e, d] = [reader.mpint(), reader.mpint(), reader.mpint()]
  const [qi, p, q] = [reader.mpint(), reader.mpint(), reader.mpint()]
  const shown = new SshReader(publicKey)
  shown.name()
  if (!equalBytes(shown.mpint(), e) || !equalBytes(shown.mpint(), n))
    throw new KeyFileRefused('rsa-inconsistent', { detail: 'The public half belongs to another key.' })
  // Copied once nothing can fail any more: views of the section go with it.
  const [dp, dq] = [exponentFor(d, p), exponentFor(d, q)]
  const copies = { n: copyBytes(n), e: copyBytes(e), d: copyBytes(d), p: copyBytes(p), q: copyBytes(q) }
  return { kind: 'RSA', ...copies, dp, dq, qi: copyBytes(qi) }
}

/** d modulo a prime less one: the format leaves it out, which is no finding about the key. */
function exponentFor(d: Uint8Array, prime: Uint8Array): Bytes {
  const modulus = toInteger(prime) - 1n
  return modulus > 0n ? toBytes(toInteger(d) % modulus) : new Uint8Array(1)
}

function readEcdsa(reader: SshReader, publicKey: Uint8Array): EcPrivateNumbers {
  const name = reader.name()
  const curve = Object.hasOwn(ecdsaCurves, name) ? ecdsaCurves[name] : undefined
  if (curve === undefined) throw new KeyFileRefused('damaged')
  const octets = reader.string()
  const shown = new SshReader(publicKey)
  shown.name()
  if (shown.name() !== name || !equalBytes(shown.string(), octets)) {
    throw new KeyFileRefused('ec-inconsistent', { detail: 'The public half belongs to another key.' })
  }
  const point = inRefusals(() => readPoint(curve, octets))
  return { kind: 'EC', curve, d: copyBytes(reader.mpint()), point }
}

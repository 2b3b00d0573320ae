import { toBytes } from '../big-integer'
import { asRawSecretKey, copyBytes, wipe } from '../bytes'
import { CryptoError } from '../crypto-error'
import { KeyFileRefused } from '../key-file/refusals'
import { type PublicKey, publicKeyToJwk, rsaPublicKey } from '../public-key'
import { encodeSpki } from '../spki'
import { jwkThumbprint, spkiSha256Hex } from '../thumbprint'
import { aesCheckValues } from './check-values'
import { checkEc } from './ec-key'
import type { FoundKey, KeyWarning, VaultPrivateJwk } from './found-key'
import { encodeEcPkcs8, encodeRsaPkcs8 } from './pkcs8-encoding'
import { ecPrivateJwk, rsaPrivateJwk, symmetricJwk } from './private-jwk'
import type { EcPrivateNumbers, PrivateNumbers, RsaPrivateNumbers, SymmetricNumbers } from './private-numbers'
import { proveRsa } from './proves-itself'
import { checkRsa } from './rsa-key'
import { shownName } from './shown-name'
import { hasWeakPattern } from './weak-pattern'
import { wipeNumbers } from './wipe-numbers'

export interface AboutTheKey {
  /** As the file has it. */
  name?: string
  /** What the reader noticed; the key's own warnings follow. */
  warnings?: readonly KeyWarning[]
  /** What it came in proved by a MAC that it is whole: then `no-redundancy` is not said. */
  whole?: boolean
}

/**
 * A key that is sound and that a vault takes, from the numbers that a file held. `numbers` is consumed: its secret
 * members are filled with zeros, also where it is refused. Throws `KeyFileRefused` with one of the codes `rsa-size`,
 * `rsa-exponent`, `rsa-inconsistent`, `rsa-weak`, `key-inconsistent`, `ec-inconsistent`, `symmetric-length`.
 */
export async function foundKey(
  numbers: PrivateNumbers,
  { name: text = '', ...more }: AboutTheKey = {},
): Promise<FoundKey> {
  const name = shownName(text)
  const about: AboutTheKey = name === undefined ? more : { ...more, name }
  try {
    if (numbers.kind === 'RSA') return await foundRsa(numbers, about)
    return numbers.kind === 'EC' ? await foundEc(numbers, about) : foundSymmetric(numbers, about)
  } finally {
    wipeNumbers(numbers)
  }
}

async function foundRsa(numbers: RsaPrivateNumbers, about: AboutTheKey): Promise<FoundKey> {
  const key = checkRsa(numbers)
  const publicKey = rsaPublicKey(toBytes(key.n), toBytes(key.e))
  const material = encodeRsaPkcs8(key)
  const warnings = [
    ...(about.warnings ?? []),
    ...when('crt-recomputed', key.crtRecomputed),
    ...when('unusual-exponent', key.e !== 65537n),
  ]
  try {
    // Side by side: the signature is most of the work, and it is done on another thread.
    const [facts] = await Promise.all([
      publicFacts('RSA', `${key.bits}`, publicKey, about),
      proveRsa(material, encodeSpki(publicKey)),
    ])
    return { ...facts, warnings: [...new Set(warnings)], ...secret(material, rsaPrivateJwk) }
  } catch (cause) {
    wipe(material)
    throw cause
  }
}

async function foundEc(numbers: EcPrivateNumbers, about: AboutTheKey): Promise<FoundKey> {
  const { curve, d, point, publicHalfComputed } = await checkEc(numbers)
  const material = encodeEcPkcs8(curve, d, point)
  wipe(d)
  const warnings = [
    ...(about.warnings ?? []),
    ...when('public-half-computed', publicHalfComputed),
    ...when('no-redundancy', publicHalfComputed && about.whole !== true),
  ]
  return {
    ...(await publicFacts('EC', curve, { kind: 'ec', curve, ...point }, about)),
    warnings: [...new Set(warnings)],
    ...secret(material, (der) => ecPrivateJwk(der, curve)),
  }
}

function foundSymmetric({ bytes }: SymmetricNumbers, about: AboutTheKey): FoundKey {
  if (![16, 24, 32].includes(bytes.length)) {
    throw new KeyFileRefused('symmetric-length', { detail: `This one has ${bytes.length}.` })
  }
  const material = asRawSecretKey(copyBytes(bytes))
  const warnings = [
    ...(about.warnings ?? []),
    ...when('weak-pattern', hasWeakPattern(material)),
    ...when('no-redundancy', about.whole !== true),
  ]
  return {
    kind: 'oct',
    sizeOrCurve: `${8 * bytes.length}`,
    ...(about.name === undefined ? {} : { name: about.name }),
    thumbprints: {},
    kcv: aesCheckValues(material),
    warnings: [...new Set(warnings)],
    ...secret(material, symmetricJwk),
  }
}

const when = (warning: KeyWarning, holds: boolean): KeyWarning[] => (holds ? [warning] : [])

async function publicFacts(kind: 'RSA' | 'EC', sizeOrCurve: string, key: PublicKey, { name }: AboutTheKey) {
  const [spki, publicJwk] = [encodeSpki(key), publicKeyToJwk(key)]
  const [jwk, spkiSha256] = await Promise.all([jwkThumbprint(publicJwk), spkiSha256Hex(spki)])
  const thumbprints = { jwk, spkiSha256 }
  return { kind, sizeOrCurve, ...(name === undefined ? {} : { name }), publicJwk, spki, thumbprints }
}

/** The secret and its two doors. What sealing has consumed is as gone as what `wipe` filled with zeros. */
function secret<Material extends FoundKey['material']>(material: Material, write: (of: Material) => VaultPrivateJwk) {
  const wasZero = isZero(material)
  let wiped = false
  return {
    material,
    toPrivateJwk: () => {
      if (wiped || (!wasZero && isZero(material))) throw new CryptoError('key-wiped')
      return write(material)
    },
    wipe: () => {
      wiped = true
      wipe(material)
    },
  }
}

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0)

import { type Bytes, equalBytes, wipe } from '../bytes'
import { inRefusals } from '../key-file/in-refusals'
import { readPkcs8 } from '../key-file/pkcs8'
import { KeyFileRefused } from '../key-file/refusals'
import type { PrivateNumbers } from '../private-key/private-numbers'
import { wipeNumbers } from '../private-key/wipe-numbers'
import type { Safe } from './authenticated-safe'
import type { BagAttributes } from './bag-attributes'
import { type EncryptedContentInfo, readAnyEncoding } from './content-info'
import { encryptedPartOf } from './protections'
import { readSafeContents, type SafeBag } from './safe-bags'
import { readJavaSecretKey } from './secret-bag'

/** Decrypts one content; throws `KeyFileRefused`. `weak`: its protection is of another time. */
export type Opener = (content: EncryptedContentInfo) => Promise<{ plaintext: Bytes; weak: boolean }>

export interface BagKey {
  numbers: PrivateNumbers
  name?: string
  /** Of the encryption around it. */
  weak: boolean
}

interface Found {
  keys: (BagKey & BagAttributes)[]
  certificates: BagAttributes[]
  /** Why a safe or a bag was passed over: a file may hold what no vault takes, or what another passphrase opens. */
  refusals: KeyFileRefused[]
}

/**
 * Every private key of the safes, in order, named by itself or by the certificate that belongs to it, and why each safe
 * or bag that could not be taken was left out. Throws the first of these when there is no key, `no-private-key` when
 * there is neither.
 */
export async function openSafes(
  safes: readonly Safe[],
  open: Opener,
): Promise<{ keys: BagKey[]; leftOut: readonly KeyFileRefused[] }> {
  const found: Found = { keys: [], certificates: [], refusals: [] }
  try {
    for (const safe of safes) await collecting(found, () => openSafe(safe, open, found))
  } catch (cause) {
    for (const { numbers } of found.keys) wipeNumbers(numbers)
    throw cause
  }
  if (found.keys.length === 0) throw found.refusals[0] ?? new KeyFileRefused('no-private-key')
  const keys = found.keys.map(({ numbers, weak, name, keyId }) => {
    const shown = name ?? (keyId && nameByKeyId(found.certificates, keyId))
    return { numbers, weak, ...(shown === undefined ? {} : { name: shown }) }
  })
  return { keys, leftOut: found.refusals }
}

const nameByKeyId = (certificates: readonly BagAttributes[], wanted: Bytes): string | undefined =>
  certificates.find(({ keyId }) => keyId && equalBytes(keyId, wanted))?.name

async function collecting(found: Found, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof KeyFileRefused)) throw error
    found.refusals.push(error)
  }
}

async function openSafe(safe: Safe, open: Opener, found: Found): Promise<void> {
  const opened = safe.kind === 'encrypted' ? await open(safe) : undefined
  const octets = opened?.plaintext ?? (safe.kind === 'plain' ? safe.octets : new Uint8Array(0))
  try {
    await openBags(octets, opened?.weak ?? false, open, found)
  } finally {
    wipe(octets)
  }
}

async function openBags(octets: Uint8Array, weak: boolean, open: Opener, found: Found): Promise<void> {
  const { element, buffer } = inRefusals(() => readAnyEncoding(octets))
  try {
    for (const bag of inRefusals(() => readSafeContents(element))) {
      if (bag.kind === 'certificate') found.certificates.push(bag.attributes)
      else await collecting(found, () => openBag(bag, weak, open, found))
    }
  } finally {
    wipe(buffer)
  }
}

async function openBag(bag: SafeBag, weak: boolean, open: Opener, found: Found): Promise<void> {
  if (bag.kind === 'key') {
    found.keys.push({ ...bag.attributes, numbers: readPkcs8(bag.content.octets), weak })
    return
  }
  const encrypted = inRefusals(() => encryptedPartOf(bag))
  if (!encrypted) return
  const opened = await open(encrypted)
  try {
    const numbers = inRefusals(() => readKey(bag, opened.plaintext))
    found.keys.push({ ...bag.attributes, numbers, weak: weak || opened.weak })
  } finally {
    wipe(opened.plaintext)
  }
}

function readKey(bag: SafeBag, plaintext: Bytes): PrivateNumbers {
  const { buffer } = readAnyEncoding(plaintext)
  try {
    return bag.kind === 'secret' ? readJavaSecretKey(buffer) : readPkcs8(buffer)
  } finally {
    wipe(buffer)
  }
}

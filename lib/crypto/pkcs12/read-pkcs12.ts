import { wipe } from '../bytes'
import type { DerElement } from '../der-reader'
import { inRefusals } from '../key-file/in-refusals'
import { KDF_LIMITS, type KdfLimits, type ReadKeyFileOptions } from '../key-file/read-result'
import { KeyFileRefused } from '../key-file/refusals'
import { describeKeyDerivation, isWeakKeyDerivation } from '../password-based/key-derivation'
import { openWithForms } from '../password-based/open-encrypted'
import { type PasswordForms, passwordForms, wipePasswordForms } from '../password-based/password-forms'
import { describePasswordProtection, type Protection, readProtection } from '../password-based/protection'
import type { KeyWarning } from '../private-key/found-key'
import type { PrivateNumbers } from '../private-key/private-numbers'
import { type Safe, withSafes } from './authenticated-safe'
import { maximumPkcs12Length, readAnyEncoding } from './content-info'
import { withExtractCommand } from './extract-command'
import { type KdfBudget, kdfBudget } from './kdf-budget'
import { verifyMac } from './mac-data'
import { type Opener, openSafes } from './open-safes'
import { type Pfx, readPfx } from './pfx'
import { visibleProtections } from './protections'

export interface Pkcs12Key {
  numbers: PrivateNumbers
  /** Friendly name. Untrusted text. */
  name?: string
  /** `weak-file-protection`, `no-integrity-check`. */
  warnings: KeyWarning[]
  /** A MAC proved it. */
  whole: boolean
}

export type ReadPkcs12Result =
  /** `leftOut`: why safes and bags of the same file gave no key, each in the file's order. */
  | { result: 'keys'; keys: Pkcs12Key[]; leftOut: readonly KeyFileRefused[] }
  | { result: 'passphrase-needed'; cipher: string; kdf: string }

export interface ReadPkcs12Options extends ReadKeyFileOptions {
  /** Of a file that this one is only a part of; else it has one of its own. */
  spend?: KdfBudget
}

/** Without a passphrase, no passphrase is tried where that is quick: many files have an empty one. */
const quickIterations = 200_000

/**
 * The private keys of a PKCS#12 file (RFC 7292, RFC 9579), in DER or BER. Its MAC is verified before anything of it is
 * used. Throws `KeyFileRefused`. The numbers are the caller's to wipe.
 */
export async function readPkcs12(bytes: Uint8Array, options: ReadPkcs12Options = {}): Promise<ReadPkcs12Result> {
  if (bytes.length > maximumPkcs12Length) throw new KeyFileRefused('too-large')
  const { limits = KDF_LIMITS, signal } = options
  const work: Work = { limits, signal, spend: options.spend ?? kdfBudget(limits) }
  const { element, buffer } = inRefusals(() => readAnyEncoding(bytes))
  try {
    const pfx = inRefusals(() => readPfx(element, limits))
    return await (options.passphrase ? openPfx(pfx, options.passphrase, work) : openWithoutPassphrase(pfx, work))
  } finally {
    wipe(buffer)
  }
}

async function openWithoutPassphrase(pfx: Pfx, work: Work): Promise<ReadPkcs12Result> {
  const needed = await withSafes(pfx.safe, (safes) => describeNeed(pfx, safes, work.limits))
  if (needed && !isQuick(pfx)) return needed
  try {
    return await openPfx(pfx, new Uint8Array(0), work)
  } catch (error) {
    if (needed && error instanceof KeyFileRefused && error.code === 'wrong-passphrase') return needed
    throw error
  }
}

const isQuick = ({ mac }: Pfx) => mac !== undefined && mac.kdf.kind !== 'scrypt' && mac.kdf.iterations < quickIterations

/** `undefined` where nothing of the file depends on a passphrase. */
function describeNeed({ mac }: Pfx, safes: readonly Safe[], limits: KdfLimits) {
  const [first] = inRefusals(() => visibleProtections(safes))
  if (first) {
    const { cipher, kdf } = describePasswordProtection(readBagProtection(first, limits))
    return { result: 'passphrase-needed', cipher, kdf } as const
  }
  return mac && ({ result: 'passphrase-needed', cipher: 'none', kdf: describeKeyDerivation(mac.kdf) } as const)
}

/** What opening may cost, and what ends it. */
interface Work {
  limits: KdfLimits
  spend: KdfBudget
  signal: AbortSignal | undefined
}

async function openPfx(pfx: Pfx, passphrase: Uint8Array, work: Work): Promise<ReadPkcs12Result> {
  const all = passwordForms(passphrase)
  try {
    const forms = pfx.mac ? [await formOfMac(pfx, all, work)] : all
    const { keys: found, leftOut } = await withSafes(pfx.safe, (safes) => openSafes(safes, opener(forms, work)))
    const whole = pfx.mac !== undefined
    const weakMac = pfx.mac !== undefined && isWeakKeyDerivation(pfx.mac.kdf)
    const keys = found.map(({ weak, ...key }) => ({ ...key, warnings: warningsOf(weak || weakMac, whole), whole }))
    return { result: 'keys', keys, leftOut }
  } finally {
    wipePasswordForms(all)
  }
}

function warningsOf(weak: boolean, whole: boolean): KeyWarning[] {
  return [...(weak ? (['weak-file-protection'] as const) : []), ...(whole ? [] : (['no-integrity-check'] as const))]
}

/** The form of the passphrase under which the MAC is right. Throws `wrong-passphrase`. */
async function formOfMac(
  { safe, mac }: Pfx,
  forms: readonly PasswordForms[],
  { spend, signal }: Work,
): Promise<PasswordForms> {
  for (const form of forms) {
    if (!mac) break
    spend(mac.kdf)
    if (await verifyMac(mac, safe, form, signal)) return form
    if (mac.kdf.kind !== 'PKCS#12') break
  }
  throw new KeyFileRefused('wrong-passphrase')
}

const readBagProtection = (algorithm: DerElement, limits: KdfLimits): Protection =>
  withExtractCommand(() => readProtection(algorithm, limits))

const opener =
  (forms: readonly PasswordForms[], { limits, spend, signal }: Work): Opener =>
  async ({ algorithm, ciphertext }) => {
    const protection = readBagProtection(algorithm, limits)
    const plaintext = await openWithForms(protection, ciphertext, forms, { signal, spend })
    return { plaintext, weak: describePasswordProtection(protection).weak }
  }

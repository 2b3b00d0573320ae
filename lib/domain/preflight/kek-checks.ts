import { compareFingerprints } from '@/lib/crypto'
import { formatKeyId, type KeyId, parseKeyId } from '../keys/key-id'
import { isKek } from '../keys/key-operations'
import { strengthBits } from '../keys/key-type'
import { chosenShape, isWholeRemainder, remainderOf } from './arithmetic-checks'
import {
  type Check,
  type ChecksOf,
  fail,
  pass,
  pending,
  waitsForFile,
  waitsForKek,
  waitsForReadableFile,
  waitsForType,
  waitsForVault,
  warn,
} from './check'
import { shapeName } from './encoded-lengths'
import type { PreflightInput } from './input'
import type { Finding } from './report'
import { blobOf } from './transfer-file'
import { nameProposals, proposeTypes } from './type-proposals'

type ReadKek = Extract<NonNullable<PreflightInput['kek']>, { state: 'read' }>

const minute = 60_000
/** Clocks and uploads take time: a KEK so close to its expiry may be gone when the blob arrives. */
const marginMs = 5 * minute
const soonMs = 60 * minute

/** A check on the KEK as the vault told it. */
const onKek =
  (check: (kek: ReadKek, input: PreflightInput) => Finding): Check =>
  (input) =>
    input.kek?.state === 'read' ? check(input.kek, input) : waitsForKek

/** The blob's kid taken apart; a finding while or because it can't be. */
function kekId(input: PreflightInput): KeyId | Finding {
  const blob = blobOf(input)
  if (blob === undefined) return input.file === undefined ? waitsForFile : waitsForReadableFile
  const id = parseKeyId(blob.kid)
  const remedy = 'Give the KEK’s full identifier, with its version, to the export tool and export again.'
  if (id === undefined) return fail('header.kid is not the identifier of a key in a vault.', remedy)
  return id.version === undefined ? fail('header.kid names the KEK without its version.', remedy) : id
}

function exists(input: PreflightInput): Finding {
  if (input.kek === undefined || input.kek.state === 'not_asked') return waitsForKek
  if (input.kek.state === 'not_known') return pending('The vault could not be asked for this KEK.')
  if (input.kek.state === 'read') return pass('The vault holds this version of the KEK.')
  const fact = 'The vault does not hold this version of the KEK: it was deleted, or never was there.'
  return fail(fact, 'Wrap the key under a KEK that exists, or recover the deleted one.')
}

function dates({ notBefore, expiresAt }: ReadKek, { now }: PreflightInput): Finding {
  const renew = 'Extend its dates, or create another KEK and wrap the key under that.'
  if (notBefore !== null && Date.parse(notBefore) > now.getTime()) {
    return fail(`The KEK is not valid before ${notBefore}.`, renew)
  }
  if (expiresAt === null) return pass('The KEK has no expiry.')
  const left = Date.parse(expiresAt) - now.getTime()
  if (left <= 0) return fail(`The KEK expired at ${expiresAt}.`, renew)
  if (left < marginMs) return fail(`The KEK expires at ${expiresAt}: too soon to be sure of the upload.`, renew)
  if (left < soonMs)
    return warn(`The KEK expires at ${expiresAt}, within the hour.`, 'Submit before that, or extend its dates.')
  return pass(`The KEK is valid until ${expiresAt}.`)
}

function modulus(kek: ReadKek, input: PreflightInput): Finding {
  if (![2048, 3072, 4096].includes(kek.bits)) {
    return fail('The KEK’s modulus is not of 2048, 3072 or 4096 bits.', 'Create a KEK of one of these sizes.')
  }
  const remainder = remainderOf(input)
  if (remainder === undefined) return input.file === undefined ? waitsForFile : waitsForReadableFile
  const fact = `The first ${kek.bits / 8} bytes are for this KEK of ${kek.bits} bits.`
  if (remainder <= 0)
    return fail('The ciphertext is not longer than the KEK’s modulus.', 'Export the key again for this KEK.')
  if (isWholeRemainder(remainder) && proposeTypes(remainder).length > 0) return pass(fact)
  const other = [2048, 3072, 4096]
    .map((bits) => ({ bits, proposals: proposeTypes(remainder + (kek.bits - bits) / 8) }))
    .find(({ bits, proposals }) => bits !== kek.bits && proposals.length > 0)
  if (other === undefined) return pass(fact)
  const words = `The length fits a KEK of ${other.bits} bits around ${nameProposals(other.proposals)}; this one has ${kek.bits}.`
  return warn(words, 'Check that the blob was made with this KEK’s public key.')
}

function fingerprint(kek: ReadKek, { recordedKekSpkiSha256: recorded }: PreflightInput): Finding {
  if (recorded === undefined) return waitsForKek
  if (recorded === null) {
    const fact = 'The KEK’s public key was never downloaded from here, so there is nothing to compare it with.'
    return warn(fact, 'Compare its SHA-256 with what the source HSM’s operator wrote down.')
  }
  const compared = compareFingerprints(recorded, kek.spkiSha256)
  if (compared.equal) return pass('Its SHA-256 equals the one recorded when the public key was downloaded.')
  const fact = 'The vault’s KEK is not the one whose public key was downloaded'
  const remedy = 'Stop: do not submit, and tell the administrators. Somebody may have exchanged the KEK.'
  return fail(`${fact}: group ${compared.group} is ${compared.right}, recorded was ${compared.left}.`, remedy)
}

function strength(kek: ReadKek, input: PreflightInput): Finding {
  const shape = chosenShape(input)
  if (shape === undefined) return waitsForType
  const kekStrength = kek.bits >= 4096 ? 152 : kek.bits >= 3072 ? 128 : 112
  const keyStrength = strengthBits(shape.family, shape.sizeOrCurve)
  const fact = `The KEK gives about ${kekStrength} bits of security, ${shapeName(shape)} about ${keyStrength}.`
  if (kekStrength >= keyStrength) return pass(fact)
  return warn(
    `${fact} On its way the key is only as strong as the KEK.`,
    kek.bits < 4096 ? 'Use a KEK of 4096 bits.' : 'There is no stronger KEK; record that this was accepted.',
  )
}

export const kekChecks: ChecksOf<'kek'> = {
  'kek-identifier': (input) => {
    const id = kekId(input)
    if ('verdict' in id) return id
    if (input.kekKid === null) return pending('Waits for a KEK to be selected.')
    const selected = parseKeyId(input.kekKid)
    const same = selected !== undefined && formatKeyId(selected) === formatKeyId(id)
    if (same) return pass(`Key ${id.name}, version ${id.version ?? ''}.`)
    const fact = 'The blob names another KEK, or another version of it, than the selected one.'
    return fail(fact, 'Select the KEK that the blob was wrapped under, or export again for the selected one.')
  },
  'kek-host': (input) => {
    const id = kekId(input)
    if ('verdict' in id) return id.verdict === 'fail' ? waitsForReadableFile : id
    if (input.vault === undefined) return waitsForVault
    const selected = new URL(input.vault.url).origin
    if (id.vaultUrl === selected) return pass(`The KEK is in ${selected}.`)
    const fact = `The blob was wrapped for ${id.vaultUrl}; the selected vault is ${selected}.`
    return fail(fact, 'Select that vault, or wrap the key under a KEK of this one.')
  },
  'kek-exists': exists,
  'kek-type': onKek(({ kty }) =>
    kty === 'RSA-HSM'
      ? pass('RSA-HSM.')
      : fail('The KEK is not of type RSA-HSM.', 'Create a KEK here: it gets the right type.'),
  ),
  'kek-operations': onKek(({ keyOps }) =>
    isKek(keyOps)
      ? pass('Its only operation is import.')
      : fail('The KEK’s operations are not exactly import.', 'Create a KEK here: its only operation is import.'),
  ),
  'kek-enabled': onKek(({ enabled }) =>
    enabled ? pass('Enabled.') : fail('The KEK is disabled.', 'Enable it, or wrap the key under another KEK.'),
  ),
  'kek-dates': onKek(dates),
  'kek-modulus': onKek(modulus),
  'kek-fingerprint': onKek(fingerprint),
  'kek-strength': onKek(strength),
}

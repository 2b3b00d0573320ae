import type { NormalisationChange } from '@/lib/crypto'
import { type Check, type ChecksOf, fail, pass, pending, waitsForFile, waitsForReadableFile, warn } from './check'
import { fileRefusals } from './file-refusals'
import type { PreflightInput } from './input'
import type { Finding } from './report'
import { blobOf } from './transfer-file'

/** The checks that reading goes through, in order: a refusal at one leaves the later ones waiting. */
const reading = [
  'file-not-empty',
  'file-size',
  'file-encoding',
  'file-json',
  'file-duplicates',
  'file-members',
  'file-ciphertext-encoding',
] as const
export type ReadingCheckId = (typeof reading)[number]

/** A check that passes once reading has come past it. */
function read(id: ReadingCheckId, passed: (input: PreflightInput) => Finding): Check {
  return (input) => {
    if (input.file === undefined) return waitsForFile
    const { parsed } = input.file
    if (parsed.ok) return passed(input)
    const refusal = fileRefusals[parsed.code]
    if (refusal.check === id) return fail(refusal.fact(parsed.facts), refusal.remedy)
    return reading.indexOf(refusal.check) < reading.indexOf(id) ? waitsForReadableFile : passed(input)
  }
}

const changed = ({ file }: PreflightInput, change: NormalisationChange): boolean =>
  file?.changes.includes(change) ?? false

const acceptOrExport = 'Acknowledge that the changed bytes are sent, or export the file again.'

function encoding(input: PreflightInput): Finding {
  if (!changed(input, 'byte-order-mark')) return pass('UTF-8 without a byte-order mark.')
  return warn('The file begins with a byte-order mark. It is left out of what is sent.', acceptOrExport)
}

function json(input: PreflightInput): Finding {
  if (!changed(input, 'single-quotes')) return pass('A JSON object.')
  const fact = 'The file is written with single quotes, which is not JSON; some vendors’ tools do that.'
  return warn(`${fact} It is rewritten as JSON before it is sent.`, acceptOrExport)
}

function membersPresent(input: PreflightInput): Finding {
  const unknown = blobOf(input)?.unknownMembers ?? 0
  if (unknown === 0) return pass('header, kid and ciphertext are there, and nothing unknown.')
  const fact = `The file has ${unknown === 1 ? 'a member' : `${unknown} members`} that a transfer blob does not have.`
  return warn(`${fact} The vault would receive this too.`, 'Look at the file: make sure that nothing in it is secret.')
}

const ciphertextChanges = {
  'ciphertext-standard-alphabet': 'uses the standard alphabet (+ and /)',
  'ciphertext-padding': 'is padded with =',
  'ciphertext-whitespace': 'holds line breaks or blanks',
} as const

function ciphertextEncoding(input: PreflightInput): Finding {
  const found = Object.entries(ciphertextChanges).filter(([change]) => input.file?.changes.some((c) => c === change))
  if (found.length === 0) return pass('base64url without padding.')
  const fact = `The ciphertext ${found.map(([, words]) => words).join(' and ')}.`
  return warn(`${fact} It is rewritten as base64url without padding before it is sent.`, acceptOrExport)
}

/** A check on the readable blob. */
const onBlob =
  (check: (blob: NonNullable<ReturnType<typeof blobOf>>) => Finding): Check =>
  (input) => {
    const blob = blobOf(input)
    if (blob !== undefined) return check(blob)
    return input.file === undefined ? waitsForFile : waitsForReadableFile
  }

const releaseEncryptions = ['RSA_AES_KEY_WRAP_256', 'RSA_AES_KEY_WRAP_384']

export const fileChecks: ChecksOf<'file'> = {
  'file-not-empty': read('file-not-empty', ({ file }) => pass(`${file?.length ?? 0} bytes.`)),
  'file-size': read('file-size', ({ file }) => pass(`${file?.length ?? 0} bytes of at most 65536.`)),
  'file-encoding': read('file-encoding', encoding),
  'file-json': read('file-json', json),
  'file-duplicates': read('file-duplicates', () => pass('Every member occurs once.')),
  'file-members': read('file-members', membersPresent),
  'file-schema-version': onBlob(({ schemaVersion }) => {
    if (schemaVersion === '1.0.0') return pass('schema_version is 1.0.0.')
    if (schemaVersion === '1.0') {
      const fact = 'schema_version is 1.0: this is a key that a vault released, not a transfer blob.'
      return fail(fact, 'Export the key from the source HSM as a transfer blob (schema_version 1.0.0).')
    }
    const fact = schemaVersion === null ? 'schema_version is missing.' : 'schema_version is not 1.0.0.'
    return fail(fact, 'Export the key again with a tool that writes schema_version 1.0.0.')
  }),
  'file-algorithm': onBlob(({ header }) => {
    if (header.alg === 'dir') return pass('header.alg is dir.')
    const fact = header.alg === null ? 'header.alg is missing.' : 'header.alg is not dir.'
    return fail(fact, 'Export the key again with a tool for Azure transfer blobs.')
  }),
  'file-encryption': onBlob(({ header }) => {
    if (header.enc === 'CKM_RSA_AES_KEY_WRAP') return pass('header.enc is CKM_RSA_AES_KEY_WRAP.')
    if (header.enc !== null && releaseEncryptions.includes(header.enc)) {
      const fact = `header.enc is ${header.enc}, which belongs to key release and not to import.`
      return fail(fact, 'Wrap the key with CKM_RSA_AES_KEY_WRAP (RSA-OAEP with SHA-1).')
    }
    const fact = header.enc === null ? 'header.enc is missing.' : 'header.enc is not CKM_RSA_AES_KEY_WRAP.'
    return fail(fact, 'Wrap the key with CKM_RSA_AES_KEY_WRAP (RSA-OAEP with SHA-1).')
  }),
  'file-generator': onBlob(({ generator }) => {
    if (generator !== undefined && generator.trim() !== '') return pass('The file names the tool that made it.')
    return warn('The file does not name the tool that made it.', 'Write down in the ceremony record which tool it was.')
  }),
  'file-ciphertext-encoding': read('file-ciphertext-encoding', ciphertextEncoding),
  'file-sha256': ({ file }) => {
    if (file === undefined) return waitsForFile
    const fact = `File: ${file.sha256}.`
    if (file.sentSha256 === null) return pending(fact)
    return pass(file.sentSha256 === file.sha256 ? `${fact} Sent as it is.` : `${fact} Sent: ${file.sentSha256}.`)
  },
}

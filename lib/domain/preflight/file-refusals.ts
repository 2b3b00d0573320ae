import { maximumTransferBlobBytes, type TransferBlobFacts, type TransferBlobRefusal } from '@/lib/crypto'
import type { ReadingCheckId } from './file-checks'

/** Which row a refusal of the parser decides, and the words that the officer reads. */
export interface FileRefusal {
  check: ReadingCheckId
  fact: (facts: TransferBlobFacts) => string
  remedy: string
}

const chooseByok = 'Choose the .byok file that the export tool wrote.'

export const fileRefusals: Record<TransferBlobRefusal, FileRefusal> = {
  empty: { check: 'file-not-empty', fact: () => 'The file is empty.', remedy: chooseByok },
  'too-large': {
    check: 'file-size',
    fact: ({ length }) => `The file has ${length} bytes; a transfer blob has at most ${maximumTransferBlobBytes}.`,
    remedy: chooseByok,
  },
  'utf-16': {
    check: 'file-encoding',
    fact: () => 'The file is UTF-16 text.',
    remedy: 'Save it as UTF-8 without a byte-order mark, or export it again.',
  },
  'raw-binary': {
    check: 'file-encoding',
    fact: () => 'The file is raw binary: perhaps the wrapped key without the JSON around it.',
    remedy:
      'Have the export tool write the JSON file with header and ciphertext. A bare wrapped key can’t be imported.',
  },
  'base64-of-json': {
    check: 'file-json',
    fact: () => 'The file is the base64 of a JSON text.',
    remedy: 'Decode it once (base64 -d) and choose the result.',
  },
  'base64-twice': {
    check: 'file-json',
    fact: () => 'The file is the base64 of the base64 of a JSON text.',
    remedy: 'Decode it twice (base64 -d | base64 -d) and choose the result.',
  },
  'base64-of-binary': {
    check: 'file-json',
    fact: () => 'The file is base64, but of no JSON text: perhaps the wrapped key without the JSON around it.',
    remedy:
      'Have the export tool write the JSON file with header and ciphertext. A bare wrapped key can’t be imported.',
  },
  'http-body': {
    check: 'file-json',
    fact: () => 'The file is the body of a whole import request: the transfer blob is inside its key_hsm member.',
    remedy: 'Take the value of key_hsm, decode it once from base64 and choose the result.',
  },
  'compact-jwe': {
    check: 'file-json',
    fact: () => 'The file is a JWE in compact form, five parts with dots between them.',
    remedy: 'Have the export tool write Azure’s transfer blob, which is a JSON object.',
  },
  'pem-private-key': {
    check: 'file-json',
    fact: () => 'The file is a private key in PEM, not a transfer blob. Nothing of it was sent.',
    remedy: 'Treat the key as exposed where this file has been. Wrap it in the source HSM under the KEK.',
  },
  pem: {
    check: 'file-json',
    fact: () => 'The file is PEM: a public key or certificate, not a transfer blob.',
    remedy: chooseByok,
  },
  'not-json': {
    check: 'file-json',
    fact: ({ position }) => `The file is not JSON: reading stops at character ${position ?? 1}.`,
    remedy: 'Export the file again; if it was copied by hand, check that nothing is missing.',
  },
  'not-an-object': {
    check: 'file-json',
    fact: () => 'The file is JSON, but not an object.',
    remedy: chooseByok,
  },
  'duplicate-member': {
    check: 'file-duplicates',
    fact: ({ member }) =>
      member === undefined || member === 'unknown member'
        ? 'An unknown member occurs twice: it is not clear which one counts.'
        : `The member ${member} occurs twice: it is not clear which one counts.`,
    remedy: 'Export the file again. Do not send it: two programs could read it differently.',
  },
  'header-missing': {
    check: 'file-members',
    fact: () => 'The member header is missing or not an object.',
    remedy: 'Have the export tool write Azure’s transfer blob.',
  },
  'kid-missing': {
    check: 'file-members',
    fact: () => 'header.kid is missing: the blob does not say which KEK it was wrapped under.',
    remedy: 'Give the KEK’s full identifier, with its version, to the export tool and export again.',
  },
  'ciphertext-missing': {
    check: 'file-members',
    fact: () => 'The member ciphertext is missing or empty.',
    remedy: 'Export the file again.',
  },
  'member-not-text': {
    check: 'file-members',
    fact: ({ member }) => `The member ${member ?? 'of the blob'} is not a text.`,
    remedy: 'Export the key again with a tool for Azure transfer blobs.',
  },
  'ciphertext-not-base64': {
    check: 'file-ciphertext-encoding',
    fact: () => 'The ciphertext is not base64 of any kind: a character is wrong or missing.',
    remedy: 'Export the file again; if it was copied by hand, check that nothing is missing.',
  },
}

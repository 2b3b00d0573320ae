import { wipe } from '../bytes'
import type { FoundKey } from '../private-key/found-key'
import { foundKey } from '../private-key/found-key-of'
import { keyFilePieces } from './key-file-pieces'
import { openingBudget } from './opening-budget'
import { type KeyPiece, type Piece, wipePieces } from './piece'
import { withoutTextEncoding } from './plain-text'
import { KDF_LIMITS, type ReadKeyFileOptions, type ReadKeyFileResult } from './read-result'
import { type KeyFileRefusal, KeyFileRefused, keyFileRefusals } from './refusals'

/** 1 MiB: far above any file of keys, and what bounds the work that a hostile one can ask for. */
export const maximumKeyFileBytes = 1024 * 1024

/**
 * The private keys in a file, told by its content and never by its name: PEM and DER of PKCS#8, PKCS#1 and SEC 1, PKCS#12,
 * OpenSSL's and OpenSSH's own encryption, JWK and JWK Sets, and symmetric keys as bytes, hexadecimal or base64. Every key
 * is validated; of several each is found, and those that can't be taken are counted in `leftOut`.
 *
 * Bad input is a result, never an exception: what is refused has a code, a sentence, and where one helps a command. An
 * encrypted file without a passphrase is `passphrase-needed`; an empty passphrase is an attempt. A wrong passphrase and a
 * damaged padding are one and the same `wrong-passphrase`.
 *
 * `signal`: the promise rejects with its reason. bcrypt and scrypt end with it; native PBKDF2 can't be stopped and runs
 * on, its answer dropped, until it is done or its worker is ended. The passphrase and `bytes` stay the caller's to wipe.
 */
export async function readKeyFile(bytes: Uint8Array, options: ReadKeyFileOptions = {}): Promise<ReadKeyFileResult> {
  const pieces: Piece[] = []
  try {
    options.signal?.throwIfAborted()
    pieces.push(...(await readPieces(bytes, options)))
    return await resultOf(pieces)
  } catch (cause) {
    if (!(cause instanceof KeyFileRefused)) throw cause
    return refused(cause)
  } finally {
    wipePieces(pieces)
  }
}

async function readPieces(bytes: Uint8Array, options: ReadKeyFileOptions): Promise<Piece[]> {
  if (bytes.length > maximumKeyFileBytes) {
    throw new KeyFileRefused('too-large', {
      detail: `It has ${bytes.length} bytes; at most ${maximumKeyFileBytes} are read.`,
    })
  }
  const limits = options.limits ?? KDF_LIMITS
  const content = withoutTextEncoding(bytes)
  try {
    if (content.every((octet) => octet === 0x20 || (octet >= 0x09 && octet <= 0x0d))) throw new KeyFileRefused('empty')
    return await keyFilePieces(content, { ...options, limits, budget: openingBudget(limits) })
  } finally {
    wipe(content)
  }
}

async function resultOf(pieces: readonly Piece[]): Promise<ReadKeyFileResult> {
  const locked = pieces.find((piece) => piece.piece === 'locked')
  if (locked !== undefined) {
    const { format, cipher, kdf } = locked
    return { result: 'passphrase-needed', format, cipher, kdf }
  }
  const { keys, refusals } = await validatedKeys(pieces)
  const first = pieces.find((piece) => piece.piece === 'key')
  if (keys.length === 0 || first === undefined) throw weightiest(refusals)
  const leftOut = refusals.map(({ code }) => code).filter((code) => !holdsNoPrivateKey.has(code))
  return { result: 'keys', format: first.format, keys, ...(leftOut.length > 0 ? { leftOut } : {}) }
}

async function validatedKeys(pieces: readonly Piece[]): Promise<{ keys: FoundKey[]; refusals: KeyFileRefused[] }> {
  const keys: FoundKey[] = []
  const refusals: KeyFileRefused[] = []
  try {
    for (const piece of pieces) {
      const found =
        piece.piece === 'key' ? await validated(piece) : piece.piece === 'refused' ? piece.refusal : undefined
      if (found instanceof KeyFileRefused) refusals.push(found)
      else if (found !== undefined) keys.push(found)
    }
    return { keys, refusals }
  } catch (cause) {
    for (const key of keys) key.wipe()
    throw cause
  }
}

async function validated({ numbers, name, warnings, whole }: KeyPiece): Promise<FoundKey | KeyFileRefused> {
  try {
    return await foundKey(numbers, {
      ...(name === undefined ? {} : { name }),
      ...(warnings === undefined ? {} : { warnings }),
      ...(whole === undefined ? {} : { whole }),
    })
  } catch (cause) {
    if (!(cause instanceof KeyFileRefused)) throw cause
    return cause
  }
}

/** What may lie beside a private key without a word. */
const holdsNoPrivateKey: ReadonlySet<KeyFileRefusal> = new Set([
  'certificate-only',
  'public-key-only',
  'certificate-request',
  'no-private-key',
])

/** Where no key was found: what is wrong with a private key, before what else lies in the file. */
const weightiest = (refusals: readonly KeyFileRefused[]): KeyFileRefused =>
  refusals.find(({ code }) => !holdsNoPrivateKey.has(code)) ?? refusals[0] ?? new KeyFileRefused('no-private-key')

function refused({ code, detail, command }: KeyFileRefused): ReadKeyFileResult {
  const remedy = detail === undefined ? keyFileRefusals[code] : `${keyFileRefusals[code]} ${detail}`
  return { result: 'refused', code, remedy, ...(command === undefined ? {} : { command }) }
}

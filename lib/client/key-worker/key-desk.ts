import { asSpkiDer, type Bytes, wipe } from '@/lib/crypto/bytes'
import { CryptoError } from '@/lib/crypto/crypto-error'
import type { ReadKeyFileOptions, ReadKeyFileResult } from '@/lib/crypto/key-file/read-result'
import type { FoundKey } from '@/lib/crypto/private-key/found-key'
import { sealTransferBlob } from '@/lib/crypto/seal'
import { GENERATOR } from '@/lib/domain/imports/generator'
import { isBlobLike } from './is-blob-like'
import { factsOf } from './key-facts'
import type { Failed, JwkAnswer, KeyWorkerAnswer, KeyWorkerRequest, ReadAnswer, SealAnswer } from './messages'

/** More than any key file has; what is longer is refused from this much. */
const READ_AT_MOST = 1024 * 1024 + 1

type Read = (bytes: Bytes, options?: ReadKeyFileOptions) => Promise<ReadKeyFileResult>

/**
 * What a key worker does, without the worker: it holds one file until its keys are known, and its keys until one of them
 * is sealed. Nothing of them is in an answer but public facts, ciphertext, and the private key that was asked for with
 * the acknowledgement. `generator`: what the blobs name as their maker.
 */
export function createKeyDesk(readKeyFile: Read, generator: string = GENERATOR) {
  let file: Bytes | undefined
  let keys: FoundKey[] = []

  function forget(): void {
    if (file) wipe(file)
    file = undefined
    for (const key of keys) key.wipe()
    keys = []
  }

  async function read(passphrase: Uint8Array | undefined): Promise<ReadAnswer> {
    if (!file) return failed('no-file')
    const result = await readKeyFile(file, passphrase ? { passphrase } : {})
    if (result.result === 'passphrase-needed') {
      const { format, cipher, kdf } = result
      return { answer: 'passphrase-needed', format, cipher, kdf }
    }
    if (result.result === 'refused') return refused(result, file)
    forget()
    keys = result.keys
    return { answer: 'keys', format: result.format, keys: keys.map(factsOf), leftOut: result.leftOut ?? [] }
  }

  /** After a wrong passphrase the file stays: the next try needs it. */
  function refused(result: Extract<ReadKeyFileResult, { result: 'refused' }>, held: Bytes): ReadAnswer {
    const { code, remedy, command = null } = result
    if (code === 'wrong-passphrase') return { answer: 'refused', code, remedy, command }
    const blob = isBlobLike(code, held)
    forget()
    return blob ? { answer: 'transfer-blob' } : { answer: 'refused', code, remedy, command }
  }

  async function seal({ key, kek }: Extract<KeyWorkerRequest, { ask: 'seal' }>): Promise<SealAnswer> {
    const plaintext = keys[key]?.material
    if (!plaintext) return failed('no-key')
    const sealed = await sealTransferBlob({
      kekSpki: asSpkiDer(kek.spki), // parsed by sealing itself, before anything is wrapped under it
      kekKid: kek.kid,
      plaintext,
      generator,
    })
    return { answer: 'sealed', file: sealed }
  }

  function privateJwk(key: number): JwkAnswer {
    const found = keys[key]
    if (!found) return failed('no-key')
    return { answer: 'private-jwk', jwk: new TextEncoder().encode(JSON.stringify(found.toPrivateJwk())) }
  }

  async function perform(request: KeyWorkerRequest): Promise<KeyWorkerAnswer> {
    switch (request.ask) {
      case 'read':
        forget()
        file = new Uint8Array(await request.file.slice(0, READ_AT_MOST).arrayBuffer())
        return read(request.passphrase)
      case 'unlock':
        return read(request.passphrase)
      case 'seal':
        return seal(request).finally(forget)
      case 'private-jwk':
        try {
          return privateJwk(request.key)
        } finally {
          forget()
        }
    }
  }

  /** Never throws: a failure's text could hold what must not leave. */
  async function answer(request: KeyWorkerRequest): Promise<KeyWorkerAnswer> {
    try {
      return await perform(request)
    } catch (cause) {
      forget()
      return failed(cause instanceof CryptoError && cause.code === 'kek-unsupported' ? 'kek' : 'failed')
    } finally {
      if ('passphrase' in request && request.passphrase) wipe(request.passphrase)
    }
  }

  return { answer, forget }
}

const failed = (because: Failed['because']): Failed => ({ answer: 'failed', because })

import { type AesInput, type AesOutput, decryptAes, encryptAes } from '../cryptography/aes-cipher'
import { requireAlgorithm } from '../cryptography/algorithm-matrix'
import { type CipherAlgorithm, cipherAlgorithms } from '../cryptography/algorithms'
import { decryptRsa, encryptRsa } from '../cryptography/rsa-cipher'
import { badParameter, Fault } from '../fault'
import { type FoundKey, findKeyFor } from '../find-key'
import { cipherBody, parseBody } from '../request-body'
import type { Handler, VaultCall } from '../vault-call'
import { kidOf } from '../wire'

type CipherOperation = { keyOp: 'encrypt' | 'decrypt' | 'wrapKey' | 'unwrapKey'; opens: boolean }

/** encrypt, decrypt, wrapkey and unwrapkey differ in the operation the key must permit, and the direction. */
export const encrypt = runCipher({ keyOp: 'encrypt', opens: false })
export const decrypt = runCipher({ keyOp: 'decrypt', opens: true })
export const wrapKey = runCipher({ keyOp: 'wrapKey', opens: false })
export const unwrapKey = runCipher({ keyOp: 'unwrapKey', opens: true })

function runCipher({ keyOp, opens }: CipherOperation): Handler {
  return (call) => {
    const { alg, ...input } = parseBody(cipherBody, call.body)
    const found = findKeyFor(call, keyOp)
    const key = found.record.publicPart
    const algorithm = cipherAlgorithms[requireAlgorithm({ alg, operation: keyOp, key, features: call.api.features })]
    const output = refuseUnusable(prepare(call, found, algorithm, opens, input))
    const { name, record } = found
    const body = { kid: kidOf(call.vault, name, record.version), ...encodeAll(output) }
    return { status: 200, body, version: record.version }
  }
}

/** Opens the key, where it takes the private half; what is left to do depends on the caller's input alone. */
function prepare(
  { vault }: VaultCall,
  { name, record }: FoundKey,
  algorithm: CipherAlgorithm,
  opens: boolean,
  input: AesInput,
): () => AesOutput {
  const { publicPart } = record
  if (algorithm.family === 'RSA' && publicPart.family === 'RSA') {
    if (!opens) return () => ({ value: encryptRsa(algorithm, publicPart, input.value) })
    const key = vault.keys.openKey(name, record)
    return () => ({ value: decryptRsa(algorithm, key, input.value) })
  }
  if (algorithm.family === 'oct' && publicPart.family === 'oct') {
    const key = vault.keys.openKey(name, record)
    return () => (opens ? { value: decryptAes(algorithm, key, input) } : encryptAes(algorithm, key, input))
  }
  throw new Error('The matrix allows an algorithm of another family of keys.')
}

/** Whatever the cryptography refuses is the caller's input, and gets one sentence whatever the reason: no oracle. */
function refuseUnusable(run: () => AesOutput): AesOutput {
  try {
    return run()
  } catch (error) {
    if (error instanceof Fault) throw error
    throw badParameter('The parameter is incorrect.')
  }
}

function encodeAll(output: AesOutput): Record<string, string> {
  return Object.fromEntries(
    Object.entries(output).map(([name, value]: [string, Buffer]) => [name, value.toString('base64url')]),
  )
}

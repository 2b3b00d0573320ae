import type { VersionRecord } from '../../store/records'
import { type AesInput, type AesOutput, decryptAes, encryptAes } from '../cryptography/aes-cipher'
import { type CipherAlgorithm, cipherAlgorithms } from '../cryptography/algorithms'
import { decryptRsa, encryptRsa } from '../cryptography/rsa-cipher'
import { badParameter, Fault } from '../fault'
import { findKeyFor } from '../find-key'
import { cipherBody, parseBody } from '../request-body'
import type { Handler, VaultCall } from '../vault-call'
import { kidOf } from '../wire'

type CipherOperation = {
  keyOp: 'encrypt' | 'decrypt' | 'wrapKey' | 'unwrapKey'
  purpose: 'encrypt' | 'wrap'
  opens: boolean
}

/** encrypt, decrypt, wrapkey and unwrapkey differ in the operation the key must permit, the algorithms, and the direction. */
export const encrypt = runCipher({ keyOp: 'encrypt', purpose: 'encrypt', opens: false })
export const decrypt = runCipher({ keyOp: 'decrypt', purpose: 'encrypt', opens: true })
export const wrapKey = runCipher({ keyOp: 'wrapKey', purpose: 'wrap', opens: false })
export const unwrapKey = runCipher({ keyOp: 'unwrapKey', purpose: 'wrap', opens: true })

function runCipher(operation: CipherOperation): Handler {
  return (call) => {
    const { alg, ...input } = parseBody(cipherBody, call.body)
    const { name, record } = findKeyFor(call, operation.keyOp)
    const algorithm = readAlgorithm(alg, operation.purpose)
    const output = refuseUnusable(() => transform(call, name, record, algorithm, operation.opens, input))
    const body = { kid: kidOf(call.vault, name, record.version), ...encodeAll(output) }
    return { status: 200, body, version: record.version }
  }
}

function readAlgorithm(alg: string, purpose: CipherOperation['purpose']): CipherAlgorithm {
  const algorithm = Object.hasOwn(cipherAlgorithms, alg) ? cipherAlgorithms[alg] : undefined
  if (!algorithm?.purposes.includes(purpose)) throw badParameter('The property "alg" has an invalid value.')
  return algorithm
}

function transform(
  { vault }: VaultCall,
  name: string,
  { publicPart, version }: VersionRecord,
  algorithm: CipherAlgorithm,
  opens: boolean,
  input: AesInput,
): AesOutput {
  if (algorithm.family === 'RSA' && publicPart.family === 'RSA') {
    if (!opens) return { value: encryptRsa(algorithm, publicPart, input.value) }
    return withSecret(vault.keys.secret(name, version), (secret) => ({
      value: decryptRsa(algorithm, secret, input.value),
    }))
  }
  if (algorithm.family === 'oct' && publicPart.family === 'oct' && algorithm.bits === publicPart.bits) {
    return withSecret(vault.keys.secret(name, version), (secret) =>
      opens ? { value: decryptAes(algorithm, secret, input) } : encryptAes(algorithm, secret, input),
    )
  }
  throw badParameter("The algorithm can't be used with this key.")
}

function withSecret<T>(secret: Buffer, use: (secret: Buffer) => T): T {
  try {
    return use(secret)
  } finally {
    secret.fill(0)
  }
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

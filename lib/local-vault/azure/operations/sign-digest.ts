import type { PublicPart } from '../../store/records'
import { type SignatureAlgorithm, signatureAlgorithms } from '../cryptography/algorithms'
import { signEcdsa, verifyEcdsa } from '../cryptography/ecdsa'
import { signRsa, verifyRsa } from '../cryptography/rsa-signature'
import { badParameter } from '../fault'
import { findKeyFor } from '../find-key'
import { parseBody, signBody, verifyBody } from '../request-body'
import type { VaultCall, VaultReply } from '../vault-call'
import { kidOf } from '../wire'

export function signDigest(call: VaultCall): VaultReply {
  const { alg, value } = parseBody(signBody, call.body)
  const { name, record } = findKeyFor(call, 'sign')
  const algorithm = readAlgorithm(alg, 'value', value)
  const secret = call.vault.keys.secret(name, record.version)
  const signature = sign(algorithm, alg, record.publicPart, secret, value)
  secret.fill(0)
  const body = { kid: kidOf(call.vault, name, record.version), value: signature.toString('base64url') }
  return { status: 200, body, version: record.version }
}

export function verifyDigest(call: VaultCall): VaultReply {
  const { alg, digest, value } = parseBody(verifyBody, call.body)
  const { record } = findKeyFor(call, 'verify')
  const algorithm = readAlgorithm(alg, 'digest', digest)
  return {
    status: 200,
    body: { value: verify(algorithm, alg, record.publicPart, digest, value) },
    version: record.version,
  }
}

function readAlgorithm(alg: string, property: string, digest: Buffer): SignatureAlgorithm {
  const algorithm = Object.hasOwn(signatureAlgorithms, alg) ? signatureAlgorithms[alg] : undefined
  if (!algorithm) throw badParameter('The property "alg" has an invalid value.')
  if (digest.length !== algorithm.digest.bytes)
    throw badParameter(
      `Invalid length of '${property}': ${digest.length} bytes. ${alg} requires ${algorithm.digest.bytes} bytes, encoded with base64url.`,
    )
  return algorithm
}

function sign(algorithm: SignatureAlgorithm, alg: string, part: PublicPart, secret: Buffer, digest: Buffer): Buffer {
  if (algorithm.family === 'RSA' && part.family === 'RSA') return signRsa(algorithm, part, secret, digest)
  if (algorithm.family === 'EC' && part.family === 'EC' && algorithm.curve === part.curve)
    return signEcdsa(part, secret, digest)
  throw notForThisKey(alg)
}

function verify(
  algorithm: SignatureAlgorithm,
  alg: string,
  part: PublicPart,
  digest: Buffer,
  signature: Buffer,
): boolean {
  if (algorithm.family === 'RSA' && part.family === 'RSA') return verifyRsa(algorithm, part, digest, signature)
  if (algorithm.family === 'EC' && part.family === 'EC' && algorithm.curve === part.curve)
    return verifyEcdsa(part, digest, signature)
  throw notForThisKey(alg)
}

const notForThisKey = (alg: string) =>
  badParameter(`Key and signing algorithm are incompatible: ${alg} can't be used with this key.`)

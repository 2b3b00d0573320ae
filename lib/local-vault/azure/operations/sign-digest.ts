import type { VersionRecord } from '../../store/records'
import { requireAlgorithm } from '../cryptography/algorithm-matrix'
import { type SignatureAlgorithm, type SignatureName, signatureAlgorithms } from '../cryptography/algorithms'
import { signEcdsa, verifyEcdsa } from '../cryptography/ecdsa'
import { signHmac, verifyHmac } from '../cryptography/hmac'
import { signRsa, verifyRsa } from '../cryptography/rsa-signature'
import { badParameter } from '../fault'
import { type FoundKey, findKeyFor } from '../find-key'
import { parseBody, signBody, verifyBody } from '../request-body'
import type { VaultCall, VaultReply } from '../vault-call'
import { kidOf } from '../wire'

export function signDigest(call: VaultCall): VaultReply {
  const { alg, value } = parseBody(signBody, call.body)
  const found = findKeyFor(call, 'sign')
  const algorithm = readAlgorithm(call, 'sign', alg, found.record)
  checkLength(algorithm.name, 'value', value)
  const signature = sign(call, found, algorithm.how, value)
  const { name, record } = found
  const body = { kid: kidOf(call.vault, name, record.version), value: signature.toString('base64url') }
  return { status: 200, body, version: record.version }
}

export function verifyDigest(call: VaultCall): VaultReply {
  const { alg, digest, value } = parseBody(verifyBody, call.body)
  const found = findKeyFor(call, 'verify')
  const algorithm = readAlgorithm(call, 'verify', alg, found.record)
  checkLength(algorithm.name, 'digest', digest)
  const body = { value: verify(call, found, algorithm.how, digest, value) }
  return { status: 200, body, version: found.record.version }
}

type Algorithm = { name: SignatureName; how: SignatureAlgorithm }

function readAlgorithm(
  { api }: VaultCall,
  operation: 'sign' | 'verify',
  alg: string,
  { publicPart }: VersionRecord,
): Algorithm {
  const name = requireAlgorithm({ alg, operation, key: publicPart, features: api.features })
  return { name, how: signatureAlgorithms[name] }
}

function checkLength(name: SignatureName, property: string, digest: Buffer): void {
  const how: SignatureAlgorithm = signatureAlgorithms[name]
  if (!('digest' in how)) return
  if (digest.length !== how.digest.bytes)
    throw badParameter(
      `Invalid length of '${property}': ${digest.length} bytes. ${name} requires ${how.digest.bytes} bytes, encoded with base64url.`,
    )
}

function sign({ vault }: VaultCall, { name, record }: FoundKey, how: SignatureAlgorithm, value: Buffer): Buffer {
  const key = vault.keys.openKey(name, record)
  const { publicPart: part } = record
  if (how.family === 'RSA' && part.family === 'RSA') return signRsa(how, part, key, value)
  if (how.family === 'EC' && part.family === 'EC') return signEcdsa(part, key, value)
  if (how.family === 'oct' && part.family === 'oct') return signHmac(how, key, value)
  throw contradiction()
}

function verify(
  { vault }: VaultCall,
  { name, record }: FoundKey,
  how: SignatureAlgorithm,
  digest: Buffer,
  signature: Buffer,
): boolean {
  const { publicPart: part } = record
  if (how.family === 'RSA' && part.family === 'RSA') return verifyRsa(how, part, digest, signature)
  if (how.family === 'EC' && part.family === 'EC') return verifyEcdsa(part, digest, signature)
  if (how.family === 'oct' && part.family === 'oct')
    return verifyHmac(how, vault.keys.openKey(name, record), digest, signature)
  throw contradiction()
}

const contradiction = () => new Error('The matrix allows an algorithm of another family of keys.')

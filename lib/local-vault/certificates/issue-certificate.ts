import { createHash, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto'
import {
  bitString,
  boolean,
  explicit,
  implicit,
  integer,
  nothing,
  objectIdentifier,
  octetString,
  sequence,
  set,
  time,
  utf8String,
} from './der'

export type CertificateRequest = {
  /** The subject's common name. */
  name: string
  publicKey: KeyObject
  /** Whose key signs, EC or RSA; of a root it is the subject's own. */
  issuer: { name: string; privateKey: KeyObject }
  notBefore: Date
  notAfter: Date
  /** An authority may sign certificates; everything else signs data, or serves TLS under its `hosts`. */
  isAuthority: boolean
  /** DNS names and IPv4 addresses of a TLS server. */
  hosts?: string[]
}

/** An X.509 certificate (RFC 5280) in DER, signed with SHA-256. */
export function issueCertificate(request: CertificateRequest): Buffer {
  const { issuer, publicKey, notBefore, notAfter } = request
  const algorithm = signatureAlgorithm(issuer.privateKey)
  const serial = randomBytes(16)
  serial.writeUInt8((serial.readUInt8(0) & 0x7f) | 0x40, 0)
  const body = sequence(
    explicit(0, integer(Buffer.of(2))),
    integer(serial),
    algorithm,
    commonName(issuer.name),
    sequence(time(notBefore), time(notAfter)),
    commonName(request.name),
    spkiOf(publicKey),
    explicit(3, sequence(...extensions(request))),
  )
  return sequence(body, algorithm, bitString(sign('sha256', body, issuer.privateKey)))
}

export function toPem(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

const spkiOf = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' })

function signatureAlgorithm(key: KeyObject): Buffer {
  return key.asymmetricKeyType === 'ec'
    ? sequence(objectIdentifier('1.2.840.10045.4.3.2')) // ecdsa-with-SHA256, RFC 5758
    : sequence(objectIdentifier('1.2.840.113549.1.1.11'), nothing) // sha256WithRSAEncryption, RFC 4055
}

function commonName(name: string): Buffer {
  return sequence(set(sequence(objectIdentifier('2.5.4.3'), utf8String(name))))
}

/** RFC 5280, section 4.2.1. The bits of key usage count from the left: 0 digitalSignature, 5 keyCertSign, 6 cRLSign. */
function extensions({ publicKey, issuer, isAuthority, hosts }: CertificateRequest): Buffer[] {
  const usage = isAuthority ? bitString(Buffer.of(0x06), 1) : bitString(Buffer.of(0x80), 7)
  const authorityKey = sequence(implicit(0, keyIdentifier(createPublicKey(issuer.privateKey))))
  return [
    extension('2.5.29.19', sequence(...(isAuthority ? [boolean(true)] : [])), true),
    extension('2.5.29.15', usage, true),
    extension('2.5.29.14', octetString(keyIdentifier(publicKey))),
    extension('2.5.29.35', authorityKey),
    ...(hosts ? [extension('2.5.29.17', sequence(...hosts.map(generalName)))] : []),
    ...(hosts ? [extension('2.5.29.37', sequence(objectIdentifier('1.3.6.1.5.5.7.3.1')))] : []),
  ]
}

function extension(oid: string, value: Buffer, critical = false): Buffer {
  return sequence(objectIdentifier(oid), ...(critical ? [boolean(true)] : []), octetString(value))
}

const keyIdentifier = (key: KeyObject): Buffer => createHash('sha256').update(spkiOf(key)).digest().subarray(0, 20)

function generalName(host: string): Buffer {
  return /^\d+(\.\d+){3}$/.test(host)
    ? implicit(7, Buffer.from(host.split('.').map(Number)))
    : implicit(2, Buffer.from(host, 'ascii'))
}

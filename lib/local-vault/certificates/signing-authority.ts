import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { writePrivateFile } from '../private-file'
import { StartError } from '../start-error'
import { issueCertificate, toPem } from './issue-certificate'

/** A certificate of this installation with its key, and the chain from it to the installation's own root. */
export type SigningAuthority = {
  privateKey: KeyObject
  /** PEM, the signing certificate first, the root last. */
  chain: string[]
}

/** `hosts`: what the leaf's certificate may stand for, DNS names and IPv4 addresses. */
export type AuthorityNames = { root: string; leaf: string; hosts?: string[] }
export type AuthorityKey = 'EC' | 'RSA'

const fileSchema = z.object({ privateKey: z.string(), chain: z.array(z.string()).min(2) })
const validYears = 30

/**
 * Reads an authority from its file (0600), or makes it: random per installation, made once. The root signs one certificate
 * and its key is thrown away, so that nobody can make a second.
 */
export function readOrCreateAuthority(path: string, names: AuthorityNames, kind: AuthorityKey): SigningAuthority {
  if (!existsSync(path)) writePrivateFile(path, `${JSON.stringify(createAuthority(names, kind), null, 2)}\n`)
  try {
    const { privateKey, chain } = fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
    return { privateKey: createPrivateKey(privateKey), chain }
  } catch (cause) {
    throw new StartError(
      'damaged-settings',
      `The local vault's ${path} can't be read; put a good copy back, or remove it to get a new one.`,
      { cause },
    )
  }
}

function createAuthority(names: AuthorityNames, kind: AuthorityKey): z.infer<typeof fileSchema> {
  const [root, leaf] = [generate(kind), generate(kind)]
  const times = { notBefore: new Date(Date.now() - 86_400_000), notAfter: yearsFromNow(validYears) }
  const issuer = { name: names.root, privateKey: root.privateKey }
  const hosts = names.hosts && { hosts: names.hosts }
  const chain = [
    issueCertificate({ ...times, name: names.leaf, publicKey: leaf.publicKey, issuer, isAuthority: false, ...hosts }),
    issueCertificate({ ...times, name: names.root, publicKey: root.publicKey, issuer, isAuthority: true }),
  ]
  const privateKey = leaf.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  return { privateKey, chain: chain.map(toPem) }
}

function generate(kind: AuthorityKey): { publicKey: KeyObject; privateKey: KeyObject } {
  return kind === 'EC'
    ? generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    : generateKeyPairSync('rsa', { modulusLength: 2048 })
}

function yearsFromNow(years: number): Date {
  const date = new Date()
  date.setUTCFullYear(date.getUTCFullYear() + years)
  return date
}

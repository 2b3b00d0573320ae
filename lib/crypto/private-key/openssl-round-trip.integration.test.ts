import { createPrivateKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { asSpkiDer, type Bytes } from '../bytes'
import { readKeyFile } from '../key-file/read-key-file'
import { readPem } from '../pem'
import { sealTransferBlob } from '../seal'
import { openssl, unwrapByOpenSsl } from '../testing/openssl'
import { samplePkcs8, sampleSpki } from '../testing/sample-keys'
import { parseTransferBlob } from '../transfer-blob'

const kekKid = 'https://kv.vault.azure.net/keys/kek/0123456789abcdef0123456789abcdef'
const kek = { spki: asSpkiDer(sampleSpki('RSA-3072')), pkcs8: samplePkcs8('RSA-3072'), bits: 3072 }

const rsa = (bits: number, ...more: string[]) => ['RSA', '-pkeyopt', `rsa_keygen_bits:${bits}`, ...more]
const ec = (curve: string) => ['EC', '-pkeyopt', `ec_paramgen_curve:${curve}`, '-pkeyopt', 'ec_param_enc:named_curve']
const kinds: [string, string[], number][] = [
  ['RSA of 2048 bits', rsa(2048), 3],
  ['RSA of 3072 bits', rsa(3072), 2],
  ['RSA of 4096 bits', rsa(4096), 1],
  ['RSA with another exponent', rsa(2048, '-pkeyopt', 'rsa_keygen_pubexp:65539'), 2],
  ['P-256', ec('P-256'), 10],
  ['P-256K', ec('secp256k1'), 10],
  ['P-384', ec('P-384'), 10],
  ['P-521', ec('P-521'), 10],
]

/** The same key as OpenSSL writes it otherwise. */
const forms = [
  { form: 'PKCS#1 or SEC1 in PEM', args: ['pkey', '-traditional'] },
  { form: 'PKCS#1 or SEC1 in DER', args: ['pkey', '-traditional', '-outform', 'DER'] },
  { form: 'encrypted PKCS#8', args: ['pkcs8', '-topk8', '-v2', 'aes-256-cbc'] },
  { form: 'scrypt', args: ['pkcs8', '-topk8', '-scrypt'] },
  { form: 'PKCS#12', args: ['pkcs12', '-export', '-nocerts', '-inkey', 'key'] },
]

async function sealAndUnwrap(file: Uint8Array, passphrase?: string): Promise<Bytes> {
  const options = passphrase === undefined ? {} : { passphrase: new TextEncoder().encode(passphrase) }
  const read = await readKeyFile(file, options)
  const [key] = read.result === 'keys' ? read.keys : []
  if (!key) throw new Error(read.result === 'refused' ? read.remedy : read.result)
  const plaintext = key.material
  const blob = await sealTransferBlob({ kekSpki: kek.spki, kekKid, plaintext, generator: 'test' })
  const parsed = parseTransferBlob(blob)
  if (!parsed.ok) throw new Error(parsed.code)
  return unwrapByOpenSsl(parsed.blob.ciphertext, kek.pkcs8, kek.bits)
}

const numbersOf = (der: Uint8Array) =>
  createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' }).export({ format: 'jwk' })

describe('any key that OpenSSL makes survives the round trip', () => {
  it.each(kinds)('%s', { timeout: 120_000 }, async (_, algorithm, count) => {
    for (let round = 0; round < count; round++) {
      const pem = openssl(['genpkey', '-algorithm', ...algorithm])
      const file = readPem(new TextDecoder().decode(pem)).bytes
      const opened = await sealAndUnwrap(pem)
      expect(numbersOf(opened)).toEqual(numbersOf(file))
      expect(Buffer.from(opened).equals(file)).toBe(true)
      for (const { form, args } of forms) {
        const other = openssl([...args, '-passout', 'pass:open sesame', '-in', 'key'], { key: pem })
        expect(numbersOf(await sealAndUnwrap(other, 'open sesame')), form).toEqual(numbersOf(file))
      }
    }
  })

  it.each(['P-256', 'P-256K', 'P-384', 'P-521'] as const)('also without its public half: %s', async (curve) => {
    const file = openssl(['ec', '-inform', 'DER', '-in', 'key', '-no_public', '-outform', 'DER'], {
      key: samplePkcs8(curve),
    })
    const pkcs8 = openssl(['pkcs8', '-topk8', '-nocrypt', '-inform', 'DER', '-in', 'key', '-outform', 'DER'], {
      key: file,
    })
    expect(numbersOf(await sealAndUnwrap(pkcs8))).toEqual(numbersOf(samplePkcs8(curve)))
  })
})

import { describe, expect, it } from 'vitest'
import { concatBytes } from '../bytes'
import { derTag } from '../der-reader'
import { writeDer, writeDerObjectIdentifier, writeDerSequence } from '../der-writer'
import { fixture } from '../testing/fixture'
import { readKeyFile } from './read-key-file'
import { type KeyFileRefusal, keyFileRefusals } from './refusals'

const passphrase = new TextEncoder().encode('correct horse')
const text = (content: string) => new TextEncoder().encode(content)

/** Code, file, and what the sentence goes on with. */
const files: [KeyFileRefusal, string, string?][] = [
  ['kdf-beyond-limits', 'p256.too-many-iterations.pem', '10000001'],
  ['kdf-beyond-limits', 'p384.too-much-scrypt.der', 'N=16384'],
  ['kdf-beyond-limits', 'ssh-rounds-257', '257 rounds of bcrypt; at most 256'],
  ['unsupported-protection', 'p256.pbes1-md5-des.pem', 'MD5'],
  ['unsupported-protection', 'rsa.legacy-des.pem'],
  ['unsupported-protection', 'rsa.legacy-camellia256.pem'],
  ['unsupported-protection', 'ssh-ecdsa-3des-cbc'],
  ['unsupported-protection', 'encrypted.jwe', 'encrypted JWK'],
  ['certificate-only', 'certificate.pem'],
  ['certificate-only', 'certificate.der'],
  ['certificate-only', 'certificate.trusted.pem'],
  ['certificate-only', 'certificate.p7b.pem'],
  ['certificate-only', 'certificate.p7b', 'PKCS#7'],
  ['public-key-only', 'public.pem'],
  ['public-key-only', 'public.pkcs1.pem'],
  ['public-key-only', 'public.pkcs1.der'],
  ['public-key-only', 'rsa.spki'],
  ['public-key-only', 'ssh-rsa.public', 'SSH'],
  ['public-key-only', 'public.jwk'],
  ['public-key-only', 'public-set.jwks'],
  ['certificate-request', 'request.pem'],
  ['certificate-request', 'request.der'],
  ['no-private-key', 'certificate-only.p12'],
  ['no-private-key', 'revocations.pem'],
  ['no-private-key', 'parameters.pem'],
  ['edwards-curve', 'ed25519.pem', 'It is Ed25519.'],
  ['edwards-curve', 'ed448.pem', 'It is Ed448.'],
  ['edwards-curve', 'x25519.pem', 'It is X25519.'],
  ['edwards-curve', 'x448.pem', 'It is X448.'],
  ['edwards-curve', 'ssh-ed25519', 'It is Ed25519.'],
  ['edwards-curve', 'ed25519.jwk'],
  ['rsa-pss-only', 'rsa-pss.pem'],
  ['rsa-pss-only', 'rsa-pss-restricted.pem'],
  ['rsa-multi-prime', 'multi-prime.pem'],
  ['rsa-multi-prime', 'multi-prime.jwk'],
  ['rsa-size', 'rsa-1024.pem', '1024'],
  ['rsa-size', 'rsa-2056.pem', '2056'],
  ['rsa-size', 'rsa-8192.pem', '8192'],
  ['dsa', 'dsa.pem', 'DSA'],
  ['dsa', 'dsa.pkcs8.pem', 'DSA'],
  ['dsa', 'dsa-with-parameters.pem', 'DSA'],
  ['dsa', 'ssh-dsa', 'DSA'],
  ['dsa', 'dh.pem', 'Diffie-Hellman'],
  ['unsupported-algorithm', 'ml-dsa.der', '2.16.840.1.101.3.4.3.18'],
  ['unsupported-curve', 'brainpoolP256r1.pem', 'brainpoolP256r1'],
  ['unsupported-curve', 'secp224r1.pem', 'P-224'],
  ['unsupported-curve', 'SM2.pem', 'SM2'],
  ['unsupported-curve', 'sect283r1.pem', '1.3.132.0.17'],
  ['unsupported-curve', 'p224.jwk', 'P-224'],
  ['explicit-curve', 'brainpoolP256r1.explicit.pem'],
  ['explicit-curve', 'sect283r1.explicit.pem'],
  ['java-keystore', 'keystore.jks'],
  ['java-keystore', 'keystore.jceks'],
  ['pgp', 'pgp-secret.asc'],
  ['pgp', 'pgp-secret.gpg'],
  ['pgp', 'pgp-public.asc'],
  ['pgp', 'pgp-public.gpg'],
  ['putty', 'key.ppk'],
  ['microsoft-key', 'rsa.pvk'],
  ['microsoft-key', 'rsa.msblob'],
  ['microsoft-key', 'key.xml'],
  ['transfer-blob', 'transfer.byok'],
  ['jwk-invalid', 'padded.jwk', '“d”'],
  ['jwk-invalid', 'twice.jwk', 'second time'],
  ['symmetric-length', 'twenty-bytes.bin', '20 bytes'],
  ['rsa-inconsistent', 'rsa-halves.pem'],
  ['rsa-exponent', 'rsa-exponent-3.pem', 'It is 3.'],
  ['rsa-weak', 'rsa-close-primes.pem'],
  ['ec-inconsistent', 'p256-halves.der'],
  ['ec-inconsistent', 'off-curve.jwk'],
  ['key-inconsistent', 'rsa-composite.pem'],
]

/** What is no file of its own: code, a description, and the bytes. */
const made: [KeyFileRefusal, string, () => Promise<Uint8Array> | Uint8Array][] = [
  ['empty', 'no bytes', () => new Uint8Array(0)],
  ['empty', 'blanks', () => text(' \r\n\t\n')],
  ['too-large', 'a megabyte and a byte', () => new Uint8Array(1024 * 1024 + 1).fill(0x20)],
  ['too-large', '300 PEM blocks', async () => text('-----BEGIN X-----\nAA==\n-----END X-----\n'.repeat(300))],
  ['too-large', 'a set of 300 keys', () => text(`{"keys":[${Array(300).fill('{"kty":"oct"}').join()}]}`)],
  [
    'not-recognised',
    'a letter',
    () => text('Dear colleague, the key is in the attachment. It is not, though; this is prose.'),
  ],
  ['not-recognised', 'random bytes', () => crypto.getRandomValues(new Uint8Array(300)).fill(0xc1, 0, 1)],
  ['certificate-only', 'PKCS#7 of over 64 KiB', () => longPkcs7()],
  ['damaged', 'DER cut off', async () => (await fixture('key-files/rsa.pkcs8.der')).slice(0, -7)],
  [
    'damaged',
    'DER with more behind',
    async () => concatBytes(await fixture('key-files/rsa.pkcs8.der'), Uint8Array.of(0, 0)),
  ],
  ['damaged', 'PEM cut off', async () => (await fixture('key-files/rsa.pkcs8.pem')).slice(0, -40)],
  [
    'damaged',
    'PEM with a character of no alphabet',
    async () => (await fixture('key-files/rsa.pkcs8.pem')).fill(0x2a, 200, 201),
  ],
  ['damaged', 'OpenSSH cut off', async () => text(btoaOf((await sshBytes()).slice(0, 300)))],
  [
    'wrong-passphrase',
    'ciphertext changed',
    async () => (await fixture('key-files/rsa.pbes2-aes256-sha256.der')).fill(0, 400, 420),
  ],
]

const longPkcs7 = () =>
  writeDerSequence(
    writeDerObjectIdentifier('1.2.840.113549.1.7.2'),
    writeDer(0xa0, writeDerSequence(writeDer(derTag.octetString, new Uint8Array(2 ** 17)))),
  )

async function sshBytes(): Promise<Uint8Array> {
  const armoured = new TextDecoder().decode(await fixture('key-files/ssh-ecdsa-256'))
  return Uint8Array.from(atob(armoured.replace(/-----.*-----|\s/g, '')), (character) => character.charCodeAt(0))
}
const btoaOf = (bytes: Uint8Array) =>
  `-----BEGIN OPENSSH PRIVATE KEY-----\n${btoa(String.fromCharCode(...bytes))}\n-----END OPENSSH PRIVATE KEY-----\n`

describe('what is no key that a vault takes is named, and told what to do about', () => {
  it.each(files)('%s: %s', async (code, name, more = '') => {
    const read = await readKeyFile(await fixture(`key-files/${name}`), { passphrase })
    expect(read).toMatchObject({ result: 'refused', code, remedy: expect.stringContaining(keyFileRefusals[code]) })
    expect(read).toMatchObject({ remedy: expect.stringContaining(more) })
  })

  it.each(made)('%s: %s', async (code, _, make) => {
    expect(await readKeyFile(await make(), { passphrase })).toMatchObject({ result: 'refused', code })
  })

  it('leaves no code without a file', () => {
    expect(new Set([...files, ...made].map(([code]) => code))).toEqual(new Set(Object.keys(keyFileRefusals)))
  })

  it.each([
    ['keystore.jks', /^keytool -importkeystore .*-srcstoretype JKS .*PKCS12$/],
    ['keystore.jceks', /^keytool -importkeystore .*-srcstoretype JCEKS .*PKCS12$/],
    ['key.ppk', /^puttygen key\.ppk -O private-openssh-new/],
    ['rsa-pss.pem', /^openssl pkey .* asn1parse -strparse 20 /],
    ['rsa-pss-restricted.pem', /^openssl pkey .* asn1parse -strparse 39 /],
    ['rsa.pvk', /^openssl rsa .*-inform PVK/],
    ['rsa.msblob', /^openssl rsa -inform MSBLOB/],
    ['rsa.legacy-des.pem', /^openssl pkcs8 -topk8 .*-provider legacy/],
    ['p256.pbes1-md5-des.pem', /^openssl pkcs8 -topk8 .*-provider legacy/],
    ['ssh-rounds-257', /^ssh-keygen -p -a 100 /],
    ['ssh-ecdsa-3des-cbc', /^ssh-keygen -p -a 100 /],
  ])('gives the line that mends %s', async (name, command) => {
    const read = await readKeyFile(await fixture(`key-files/${name}`))
    expect(read).toMatchObject({ result: 'refused', command: expect.stringMatching(command) })
  })
})

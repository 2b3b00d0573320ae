import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'

/** @typedef {import('node:crypto').KeyObject} KeyObject */

/** Every size and curve that a vault takes, one key of each. @returns {KeyObject[]} */
export const oneKeyOfEach = () => [
  ...[2048, 3072, 4096].map((modulusLength) => generateKeyPairSync('rsa', { modulusLength }).privateKey),
  ...['prime256v1', 'secp256k1', 'secp384r1', 'secp521r1'].map(
    (namedCurve) => generateKeyPairSync('ec', { namedCurve }).privateKey,
  ),
]

/**
 * Files as people hold them: PKCS#8, PKCS#1 and SEC1 in PEM and DER, JWK, raw symmetric keys; as many as asked for, in turn.
 * @param {number} count @returns {Buffer[]}
 */
export function mixedKeyFiles(count) {
  const forms = oneKeyOfEach().flatMap((key) => {
    const own = key.asymmetricKeyType === 'rsa' ? 'pkcs1' : 'sec1'
    /** @param {'pkcs8' | 'pkcs1' | 'sec1'} type @param {'pem' | 'der'} format */
    const file = (type, format) => Buffer.from(key.export(/** @type {any} */ ({ type, format })))
    const jwk = Buffer.from(JSON.stringify(key.export({ format: 'jwk' })))
    return [file('pkcs8', 'pem'), file('pkcs8', 'der'), file(own, 'pem'), file(own, 'der'), jwk]
  })
  const raw = [16, 24, 32].flatMap((length) => [randomBytes(length), Buffer.from(randomBytes(length).toString('hex'))])
  const all = [...forms, ...raw]
  return Array.from({ length: count }, (_, at) => all[at % all.length] ?? Buffer.alloc(0))
}

/**
 * An encrypted PKCS#8 as OpenSSL writes it: PBES2, AES-256-CBC, PBKDF2 with HMAC-SHA-256.
 * @param {KeyObject} key @param {string} passphrase @param {number} iterations
 */
export function encryptedPkcs8(key, passphrase, iterations) {
  const protection = ['-v2', 'aes-256-cbc', '-v2prf', 'hmacWithSHA256', '-iter', String(iterations)]
  return execFileSync('openssl', ['pkcs8', '-topk8', ...protection, '-passout', 'env:BENCH_PASSPHRASE'], {
    input: key.export({ type: 'pkcs8', format: 'pem' }),
    env: { ...process.env, BENCH_PASSPHRASE: passphrase },
  })
}

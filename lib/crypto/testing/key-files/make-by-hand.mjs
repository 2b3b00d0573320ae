// Key files that no tool makes, beside those of make.sh, which runs this after them.
import { checkPrimeSync, createPrivateKey, createPublicKey, generatePrimeSync, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'

/** @param {string} file */
const keyIn = (file) => createPrivateKey(readFileSync(file))
/** @param {string} file @param {unknown} value */
const writeJson = (file, value) => writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`)
/** @param {bigint} value */
const base64url = (value) => {
  const hex = value.toString(16)
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url')
}

const [rsa, p256, p521, p256k] = ['rsa', 'p256', 'p521', 'p256k'].map((name) =>
  keyIn(`${name}.pkcs8.pem`).export({ format: 'jwk' }),
)
const ed25519 = keyIn('ed25519.pem').export({ format: 'jwk' })
const oct = { kty: 'oct', k: readFileSync('aes-32.bin').toString('base64url'), kid: 'storage key' }
writeJson('rsa.jwk', { ...rsa, kid: 'payment key 2026', alg: 'RS256', use: 'sig' })
writeJson('rsa.without-crt.jwk', { kty: 'RSA', n: rsa?.n, e: rsa?.e, d: rsa?.d, p: rsa?.p, q: rsa?.q })
writeJson('p256.jwk', p256)
writeJson('p256.without-public-half.jwk', { kty: 'EC', crv: 'P-256', d: p256?.d })
writeJson('p256.long-member.jwk', {
  ...p256,
  d: Buffer.concat([Buffer.alloc(3), Buffer.from(p256?.d ?? '', 'base64url')]).toString('base64url'),
})
writeJson('p256k.jwk', p256k)
writeJson('p256k.vault.jwk', { ...p256k, kty: 'EC-HSM', crv: 'P-256K' })
writeJson('oct.jwk', oct)
writeJson('set.jwks', { keys: [rsa, p521, oct, ed25519] })
writeJson('vault-body.jwk', { key: rsa, attributes: { enabled: false } })
writeJson('public.jwk', createPublicKey(readFileSync('rsa.pkcs8.pem')).export({ format: 'jwk' }))
writeJson('public-set.jwks', { keys: [createPublicKey(readFileSync('p256.pkcs8.pem')).export({ format: 'jwk' })] })
writeJson('ed25519.jwk', ed25519)
writeJson('p224.jwk', { kty: 'EC', crv: 'P-224', d: 'AQ' })
writeJson('multi-prime.jwk', { ...rsa, oth: [{ r: 'Aw', d: 'AQ', t: 'AQ' }] })
writeJson('padded.jwk', { ...p256, d: `${p256?.d}=` })
writeJson('off-curve.jwk', { ...p256, y: p256?.x })
writeJson('encrypted.jwe', { protected: 'e30', encrypted_key: 'AA', iv: 'AA', ciphertext: 'AA', tag: 'AA' })
writeFileSync('twice.jwk', `{"kty":"EC","crv":"P-256","d":"${p256?.d}","d":"AQ"}`)
writeJson('transfer.byok', {
  schema_version: '1.0.0',
  header: {
    kid: 'https://example.vault.azure.net/keys/kek/0123456789abcdef0123456789abcdef',
    alg: 'dir',
    enc: 'CKM_RSA_AES_KEY_WRAP',
  },
  ciphertext: randomBytes(300).toString('base64url'),
  generator: 'by hand',
})

/** @param {string} file @param {bigint} p @param {bigint} q @param {bigint} lambda */
function writeRsa(file, p, q, lambda) {
  const [e, n] = [65537n, p * q]
  const d = inverse(e, lambda)
  const jwk = { kty: 'RSA', n, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) }
  const members = Object.fromEntries(
    Object.entries(jwk).map(([name, value]) => [name, typeof value === 'bigint' ? base64url(value) : value]),
  )
  const der = writeSequence([0n, n, e, d, p, q, jwk.dp, jwk.dq, jwk.qi])
  if (members.n !== undefined)
    writeFileSync(
      file,
      `-----BEGIN RSA PRIVATE KEY-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END RSA PRIVATE KEY-----\n`,
    )
}

/** @param {readonly bigint[]} integers */
function writeSequence(integers) {
  const content = Buffer.concat(
    integers.map((value) => {
      const hex = value.toString(16)
      const octets = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
      return tagged(2, (octets[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), octets]) : octets)
    }),
  )
  return tagged(0x30, content)
}

/** @param {number} tag @param {Buffer} content */
function tagged(tag, content) {
  const length =
    content.length < 0x80
      ? [content.length]
      : content.length < 0x100
        ? [0x81, content.length]
        : [0x82, content.length >> 8, content.length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}

/** @param {bigint} value @param {bigint} modulus @returns {bigint} */
function inverse(value, modulus) {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n]
  while (a > 1n) {
    const quotient = b / a
    ;[a, b, x, y] = [b % a, a, y - quotient * x, x]
  }
  return ((x % modulus) + modulus) % modulus
}

/** @param {number} bits @param {bigint} [above] */
function prime(bits, above) {
  let candidate = above === undefined ? generatePrimeSync(bits, { bigint: true }) : above + 2n
  while (!checkPrimeSync(candidate) || (candidate - 1n) % 65537n === 0n) candidate += 2n
  return candidate
}

const [p, q] = [prime(1024), prime(1024)]
writeRsa('rsa-close-primes.pem', p, prime(1024, p), (p - 1n) * (prime(1024, p) - 1n))
// A factor that is no prime: every congruence holds, and yet signatures don't verify.
let composite = prime(512) * prime(512)
while (
  composite.toString(2).length < 1024 ||
  (composite * q).toString(2).length < 2048 ||
  (composite - 1n) % 65537n === 0n
)
  composite = prime(512) * prime(512)
writeRsa('rsa-composite.pem', composite, q, (composite - 1n) * (q - 1n))
// Two whole keys, half of one and half of the other
const other = prime(1024)
writeRsa('rsa-halves.pem', p, other, (p - 1n) * (q - 1n))
const halves = keyIn('p256.pkcs8.pem').export({ format: 'der', type: 'sec1' })
halves[8] = (halves[8] ?? 0) ^ 1
writeFileSync('p256-halves.der', halves)

// OpenSSL refuses to make what is beyond the limits: N = 16384, r = 127 and p = 127 in place of 1024, 8 and 1.
const scrypt = readFileSync('p384.scrypt.der')
scrypt.set(
  [0x02, 0x02, 0x40, 0x00, 0x02, 0x01, 0x7f, 0x02, 0x01, 0x7f],
  scrypt.indexOf(Buffer.from('02020400020108', 'hex')),
)
writeFileSync('p384.too-much-scrypt.der', scrypt)

// BER: lengths left open, the key's octets in two pieces
const pkcs8 = readFileSync('p256.pkcs8.der')
const [head, octets] = [pkcs8.subarray(3, 27), pkcs8.subarray(29)]
const pieces = [tagged(4, octets.subarray(0, 50)), tagged(4, octets.subarray(50))]
const open = Buffer.from([0, 0])
writeFileSync(
  'p256.ber',
  Buffer.concat([Buffer.from([0x30, 0x80]), head, Buffer.from([0x24, 0x80]), ...pieces, open, open]),
)

// An ML-DSA-65 key's frame (RFC 9881), which this OpenSSL can't make
const mlDsa = tagged(0x30, Buffer.from('0609608648016503040312', 'hex'))
writeFileSync('ml-dsa.der', tagged(0x30, Buffer.concat([Buffer.from([2, 1, 0]), mlDsa, tagged(4, randomBytes(34))])))

writeFileSync(
  'key.ppk',
  `PuTTY-User-Key-File-3: ssh-rsa
Encryption: none
Comment: throw-away
Public-Lines: 1
AAAAB3NzaC1yc2EAAAADAQABAAAAAQM=
Private-Lines: 1
AAAAAQM=
Private-MAC: 0000000000000000000000000000000000000000000000000000000000000000
`,
)
writeFileSync('key.xml', '<RSAKeyValue><Modulus>AQ==</Modulus><Exponent>AQAB</Exponent><D>AQ==</D></RSAKeyValue>\n')

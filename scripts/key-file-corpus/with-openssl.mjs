import { ecKeys, keys, rsaKeys } from './source-keys.mjs'

const tool = 'openssl'
const legacy = '-provider legacy -provider default'
const ciphers = ['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc', 'des-ede3-cbc']
const hashes = ['SHA1', 'SHA224', 'SHA256', 'SHA384', 'SHA512']
export const passphrases = {
  ascii: 'correct horse',
  latin: 'Pässwörter größer',
  beyond: 'ключ 鍵 🔑🗝',
  long: 'long '.repeat(40).trim(),
}

/** @param {import('./corpus.mjs').Corpus} corpus */
export function withOpenssl(corpus) {
  plain(corpus)
  pbes2(corpus)
  pbes1(corpus)
  legacyPem(corpus)
  refused(corpus)
}

/** @param {string} file @param {string} how */
const says = (file, how = '') => [`openssl pkey -in ${file} ${how} -pubout -outform DER`]

/** @param {import('./corpus.mjs').Corpus} corpus */
function plain(corpus) {
  for (const key of keys) {
    for (const form of ['pem', 'der']) {
      const file = `openssl-pkcs8-${key}.${form}`
      const command = `openssl pkcs8 -topk8 -nocrypt -in ${key}.pem -outform ${form} -out ${file}`
      corpus.add({ file, tool, command, format: 'pkcs8', says: says(file) })
      const isRsa = rsaKeys.includes(key)
      const old = `openssl-${isRsa ? 'pkcs1' : 'sec1'}-${key}.${form}`
      const write = isRsa ? 'rsa -traditional' : 'ec'
      const rewrite = `openssl ${write} -in ${key}.pem -outform ${form} -out ${old}`
      corpus.add({ file: old, tool, command: rewrite, format: isRsa ? 'pkcs1' : 'sec1', says: says(old) })
    }
  }
  for (const key of ecKeys) {
    for (const how of ['-param_enc explicit', '-conv_form compressed', '-no_public']) {
      const file = `openssl-sec1${how.replaceAll(' ', '-')}-${key}.pem`.replace('--', '-')
      const command = `openssl ec -in ${key}.pem ${how} -out ${file}`
      const line = says(file, '-ec_param_enc named_curve -ec_conv_form uncompressed')
      corpus.add({ file, tool, command, format: 'sec1', says: line })
    }
  }
}

/** @param {import('./corpus.mjs').Corpus} corpus */
function pbes2(corpus) {
  /** @param {string} name @param {string} key @param {string} how @param {string} passphrase @param {string} form */
  const add = (name, key, how, passphrase = passphrases.ascii, form = 'pem') => {
    const file = `openssl-pbes2-${name}.${form}`
    const command = `openssl pkcs8 -topk8 -in ${key}.pem ${how} -outform ${form} -passout 'pass:${passphrase}' -out ${file}`
    const reading = how.includes('provider') ? legacy : ''
    const line = says(file, `-passin 'pass:${passphrase}' ${reading}`)
    corpus.add({ file, tool, command, passphrase, format: 'encrypted-pkcs8', says: line })
  }
  for (const cipher of ciphers)
    for (const hash of hashes) add(`${cipher}-${hash}`, 'p-256', `-v2 ${cipher} -v2prf hmacWith${hash}`)
  for (const key of keys) add(`${key}`, key, '-v2 aes-256-cbc', passphrases.ascii, 'der')
  for (const [name, passphrase] of Object.entries(passphrases)) {
    add(`passphrase-${name}`, 'p-384', '-v2 aes-256-cbc', passphrase)
    add(`scrypt-passphrase-${name}`, 'p-384', '-scrypt', passphrase)
  }
  for (const count of [1, 1000, 100_000, 600_000]) add(`${count}`, 'p-521', `-v2 aes-256-cbc -iter ${count}`)
  for (const [N, r, p] of [
    [2, 8, 1],
    [1024, 1, 1],
    [16384, 8, 2],
    [8192, 8, 4],
  ])
    add(`scrypt-${N}-${r}-${p}`, 'p-256', `-scrypt -scrypt_N ${N} -scrypt_r ${r} -scrypt_p ${p}`)
  for (const cipher of ['aes-128-cbc', 'aes-192-cbc']) add(`scrypt-${cipher}`, 'p-256', `-v2 ${cipher} -scrypt`)
  for (const cipher of ['rc2-cbc', 'rc2-64-cbc', 'rc2-40-cbc']) add(cipher, 'p-256', `-v2 ${cipher} ${legacy}`)
}

/** @param {import('./corpus.mjs').Corpus} corpus */
function pbes1(corpus) {
  for (const scheme of ['PBE-SHA1-3DES', 'PBE-SHA1-2DES', 'PBE-SHA1-RC2-128', 'PBE-SHA1-RC2-40']) {
    for (const [name, passphrase] of Object.entries(passphrases)) {
      const file = `openssl-${scheme.toLowerCase()}-${name}.pem`
      const command = `openssl pkcs8 -topk8 -in p-256.pem -v1 ${scheme} ${legacy} -passout 'pass:${passphrase}' -out ${file}`
      const line = says(file, `-passin 'pass:${passphrase}' ${legacy}`)
      corpus.add({ file, tool, command, passphrase, format: 'encrypted-pkcs8', says: line })
    }
  }
  for (const scheme of [
    'PBE-MD5-DES',
    'PBE-SHA1-DES',
    'PBE-MD5-RC2-64',
    'PBE-SHA1-RC2-64',
    'PBE-SHA1-RC4-128',
    'PBE-SHA1-RC4-40',
  ]) {
    const file = `openssl-${scheme.toLowerCase()}.pem`
    const command = `openssl pkcs8 -topk8 -in p-256.pem -v1 ${scheme} ${legacy} -passout 'pass:old words' -out ${file}`
    corpus.add({ file, tool, command, passphrase: 'old words', refusal: 'unsupported-protection' })
  }
}

/** @param {import('./corpus.mjs').Corpus} corpus */
function legacyPem(corpus) {
  for (const cipher of ['aes128', 'aes192', 'aes256', 'des3']) {
    for (const key of ['rsa-2048', 'p-256']) {
      const file = `openssl-legacy-${cipher}-${key}.pem`
      const write = key === 'p-256' ? 'ec' : 'rsa -traditional'
      const passphrase = passphrases.ascii
      const command = `openssl ${write} -in ${key}.pem -${cipher} -passout 'pass:${passphrase}' -out ${file}`
      const line = says(file, `-passin 'pass:${passphrase}'`)
      corpus.add({ file, tool, command, passphrase, format: 'openssl-legacy', says: line })
    }
  }
}

/** @param {import('./corpus.mjs').Corpus} corpus */
function refused(corpus) {
  /** @type {[name: string, command: string, refusal: string][]} */
  const cases = [
    ['ed25519', 'openssl genpkey -algorithm ED25519', 'edwards-curve'],
    ['ed448', 'openssl genpkey -algorithm ED448', 'edwards-curve'],
    ['x25519', 'openssl genpkey -algorithm X25519', 'edwards-curve'],
    ['rsa-pss', 'openssl genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048', 'rsa-pss-only'],
    ['rsa-1024', 'openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024', 'rsa-size'],
    ['rsa-three-primes', 'openssl genrsa -primes 3 2048', 'rsa-multi-prime'],
    ['dsa', 'openssl dsaparam -genkey 1024 | openssl pkcs8 -topk8 -nocrypt', 'dsa'],
    ['p-224', 'openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-224', 'unsupported-curve'],
    ['brainpool', 'openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:brainpoolP256r1', 'unsupported-curve'],
    ['certificate', 'openssl x509 -in rsa-2048.crt', 'certificate-only'],
    ['public', 'openssl pkey -in p-256.pem -pubout', 'public-key-only'],
    ['request', 'openssl req -new -key p-256.pem -subj /CN=request', 'certificate-request'],
  ]
  for (const [name, command, refusal] of cases) {
    const file = `openssl-refused-${name}.pem`
    corpus.add({ file, tool, command: `${command} > ${file}`, refusal })
  }
  const file = 'openssl-refused-iterations.pem'
  const command = `openssl pkcs8 -topk8 -in p-256.pem -iter 10000001 -passout 'pass:slow words' -out ${file}`
  corpus.add({ file, tool, command, passphrase: 'slow words', refusal: 'kdf-beyond-limits' })
  const scrypt = 'openssl-refused-scrypt.pem'
  const dear = `openssl pkcs8 -topk8 -in p-256.pem -scrypt -scrypt_N 2048 -scrypt_r 8 -scrypt_p 1025 -passout 'pass:slow words' -out ${scrypt}`
  corpus.add({ file: scrypt, tool, command: dear, passphrase: 'slow words', refusal: 'kdf-beyond-limits' })
}

import { keys } from './source-keys.mjs'
import { passphrases } from './with-openssl.mjs'

const tool = 'openssl'
const legacy = '-provider legacy -provider default'

/** @param {import('./corpus.mjs').Corpus} corpus */
export function withOpensslPkcs12(corpus) {
  /** @param {string} name @param {string} how @param {string} passphrase @param {string} key */
  const add = (name, how, passphrase = passphrases.ascii, key = 'p-256') => {
    const file = `openssl-${name}.p12`
    const command = `openssl pkcs12 -export -inkey ${key}.pem -in ${key}.crt ${how} -passout 'pass:${passphrase}' -out ${file}`
    corpus.add({ file, tool, command, passphrase, format: 'pkcs12', says: says(file, passphrase) })
  }
  const keyCiphers = [
    'AES-128-CBC',
    'AES-192-CBC',
    'AES-256-CBC',
    'DES-EDE3-CBC',
    'PBE-SHA1-3DES',
    'PBE-SHA1-2DES',
    'PBE-SHA1-RC2-128',
    'PBE-SHA1-RC2-40',
  ]
  for (const [i, cipher] of keyCiphers.entries())
    for (const hash of ['sha1', 'sha224', 'sha256', 'sha384', 'sha512']) {
      const certificate = keyCiphers[(i + 3) % keyCiphers.length]
      add(`${cipher}-${hash}`.toLowerCase(), `-keypbe ${cipher} -certpbe ${certificate} -macalg ${hash} ${legacy}`)
    }
  for (const key of keys) {
    add(`${key}`, `-name "Key ${key}"`, passphrases.ascii, key)
    if (!key.startsWith('rsa-3')) add(`legacy-${key}`, '-legacy', passphrases.ascii, key)
  }
  for (const [name, passphrase] of Object.entries({ ...passphrases, empty: '' })) {
    add(`passphrase-${name}`, '', passphrase)
    add(`legacy-passphrase-${name}`, '-legacy', passphrase)
    add(`no-mac-${name}`, '-nomac', passphrase)
  }
  add('no-mac-nothing-encrypted', '-nomac -keypbe NONE -certpbe NONE')
  add('nothing-encrypted', '-keypbe NONE -certpbe NONE')
  add('no-certificate-encrypted', '-certpbe NONE')
  add('one-iteration', '-noiter')
  add('100000-iterations', '-iter 100000')
  add('chain', '-certfile rsa-2048.crt -caname Authority -name Leaf')
  add('windows-attributes', '-LMK -keyex -CSP "Microsoft Enhanced RSA and AES Cryptographic Provider"')
  refused(corpus)
}

/** @param {string} file @param {string} passphrase */
const says = (file, passphrase) => [
  `openssl pkcs12 -in ${file} -passin 'pass:${passphrase}' -nocerts -nodes ${legacy} | openssl pkey -pubout -outform DER`,
]

/** @param {import('./corpus.mjs').Corpus} corpus */
function refused(corpus) {
  const passphrase = 'old words'
  /** @param {string} file @param {string} how @param {string} refusal */
  const add = (file, how, refusal) =>
    corpus.add({
      file,
      tool,
      command: `openssl pkcs12 -export ${how} -passout 'pass:${passphrase}' -out ${file}`,
      passphrase,
      refusal,
    })
  add('openssl-refused-no-key.p12', '-nokeys -in p-256.crt', 'no-private-key')
  add(
    'openssl-refused-rc4-128.p12',
    `-inkey p-256.pem -in p-256.crt -keypbe PBE-SHA1-RC4-128 ${legacy}`,
    'unsupported-protection',
  )
  add(
    'openssl-refused-rc4-40.p12',
    `-inkey p-256.pem -in p-256.crt -keypbe PBE-SHA1-RC4-40 ${legacy}`,
    'unsupported-protection',
  )
  add(
    'openssl-refused-md5-des.p12',
    `-inkey p-256.pem -in p-256.crt -keypbe PBE-MD5-DES ${legacy}`,
    'unsupported-protection',
  )
  add('openssl-refused-ed25519.p12', '-nocerts -inkey openssl-refused-ed25519.pem', 'edwards-curve')
}

import { keys } from './source-keys.mjs'

const tool = 'certtool'
/** GnuTLS asks for 600,000 iterations, and nothing tells it otherwise: of what it encrypts there is one of each kind. */
const ciphers = ['3des', '3des-pkcs12', 'aes-128', 'aes-192', 'aes-256', 'rc2-40']
const passphrase = 'gnu wörds'

/** @typedef {Partial<import('./corpus.mjs').Order>} More */

/** @param {import('./corpus.mjs').Corpus} corpus */
export function withGnutls(corpus) {
  for (const key of keys.filter((name) => name !== 'p-256k')) plain(corpus, key)
  for (const cipher of ciphers)
    encrypted(corpus, `certtool-pkcs8-${cipher}.pem`, 'p-256', `--pkcs-cipher ${cipher} --password '${passphrase}'`)
  for (const key of ['rsa-2048', 'p-384']) encrypted(corpus, `certtool-pkcs8-null-${key}.der`, key, '--null-password')
  pkcs12(corpus, 'certtool-rsa-2048.p12', 'rsa-2048', `--load-certificate rsa-2048.crt --password '${passphrase}'`)
  pkcs12(
    corpus,
    'certtool-3des-pkcs12-sha1.p12',
    'p-256',
    `--load-certificate p-256.crt --pkcs-cipher 3des-pkcs12 --hash sha1 --password '${passphrase}'`,
  )
  pkcs12(corpus, 'certtool-empty.p12', 'p-384', '--empty-password')
  pkcs12(corpus, 'certtool-armoured.p12', 'p-521', `--password '${passphrase}'`, false)
  refused(corpus)
}

/** @param {import('./corpus.mjs').Corpus} corpus @param {string} file @param {string} command @param {More} more */
const add = (corpus, file, command, more) =>
  corpus.add({ file, tool, command: `${command} --outfile ${file}`, ...more })

/** @param {string} file @param {string} how */
const says = (file, how = '') => [
  `certtool --load-privkey ${file} ${how} ${file.endsWith('.der') ? '--inder' : ''} --pubkey-info --outder`,
]

/**
 * GnuTLS 3.7 writes SEC 1 without naming the curve, and then can't read it itself: there it speaks of the key it was given.
 * @param {import('./corpus.mjs').Corpus} corpus @param {string} key
 */
function plain(corpus, key) {
  const isRsa = key.startsWith('rsa')
  for (const [form, flag] of Object.entries({ pem: '', der: '--outder' })) {
    const old = `certtool-${key}.${form}`
    const write = `certtool --key-info --infile ${key}.pem --no-text ${flag}`
    add(corpus, old, write, { format: isRsa ? 'pkcs1' : 'sec1', says: says(isRsa ? old : `${key}.pem`) })
    const file = `certtool-pkcs8-${key}.${form}`
    const convert = `certtool --to-p8 --load-privkey ${key}.pem --password '' ${flag}`
    add(corpus, file, convert, { format: 'pkcs8', says: says(file) })
  }
}

/** @param {string} how */
const typed = (how) => ({ passphrase: how.includes(passphrase) ? passphrase : '' })
/** @param {string} how */
const opening = (how) => how.match(/--(?:password '[^']*'|\w+-password)/)?.[0] ?? ''

/** @param {import('./corpus.mjs').Corpus} corpus @param {string} file @param {string} key @param {string} how */
function encrypted(corpus, file, key, how) {
  const command = `certtool --to-p8 --load-privkey ${key}.pem ${how} ${file.endsWith('.der') ? '--outder' : ''}`
  add(corpus, file, command, { format: 'encrypted-pkcs8', ...typed(how), says: says(file, opening(how)) })
}

/** @param {import('./corpus.mjs').Corpus} corpus @param {string} file @param {string} key @param {string} how @param {boolean} der */
function pkcs12(corpus, file, key, how, der = true) {
  const command = `certtool --to-p12 --load-privkey ${key}.pem --p12-name "Key ${key}" ${how} ${der ? '--outder' : ''}`
  const show = `certtool --p12-info ${der ? '--inder' : ''} --infile ${file} ${opening(how)} > said.pem`
  const [said] = says('said.pem', opening(how))
  add(corpus, file, command, { format: 'pkcs12', ...typed(how), says: [`${show} && ${said}`] })
}

/** @param {import('./corpus.mjs').Corpus} corpus */
function refused(corpus) {
  const arcfour = `certtool --to-p8 --load-privkey p-256.pem --pkcs-cipher arcfour --password '${passphrase}'`
  add(corpus, 'certtool-refused-arcfour.pem', arcfour, { passphrase, refusal: 'unsupported-protection' })
  const edwards = 'certtool --generate-privkey --key-type ed25519 --no-text'
  add(corpus, 'certtool-refused-ed25519.pem', edwards, { refusal: 'edwards-curve' })
}

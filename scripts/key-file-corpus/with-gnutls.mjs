import { keys } from './source-keys.mjs'

const tool = 'certtool'
// GnuTLS asks for 600,000 iterations, always: each of these takes a second to open, so there are not all combinations.
/** @type {Record<string, string[]>} */
const macsOfCiphers = {
  '3des': [],
  '3des-pkcs12': ['sha1'],
  'aes-128': ['sha256'],
  'aes-192': [],
  'aes-256': ['sha256', 'sha512'],
  'rc2-40': ['sha1'],
}

/** GnuTLS 3.7 writes SEC1 without naming the curve; OpenSSL does not read that, either. */
const curveless = { refusal: 'unsupported-curve' }

/** @param {import('./corpus.mjs').Corpus} corpus */
export function withGnutls(corpus) {
  /** @param {string} file @param {string} command @param {Partial<import('./corpus.mjs').Order>} more */
  const add = (file, command, more) => corpus.add({ file, tool, command: `${command} --outfile ${file}`, ...more })
  /** @param {string} key */
  const said = (key) => [`certtool --load-privkey ${key}.pem --pubkey-info --outder`]
  for (const key of keys.filter((name) => name !== 'p-256k')) {
    const says = said(key)
    add(`certtool-${key}.pem`, `certtool --key-info --infile ${key}.pem --no-text`, {
      ...(key.startsWith('rsa') ? { format: 'pkcs1', says } : curveless),
    })
    const plain = `certtool --to-p8 --load-privkey ${key}.pem --null-password`
    add(`certtool-pkcs8-${key}.der`, `${plain} --outder`, { format: 'encrypted-pkcs8', passphrase: '', says })
    if (!['rsa-2048', 'p-256'].includes(key)) continue
    const p12 = `certtool --to-p12 --load-privkey ${key}.pem --load-certificate ${key}.crt --p12-name "Key ${key}" --password 'gnu words' --outder`
    add(`certtool-${key}.p12`, p12, { format: 'pkcs12', passphrase: 'gnu words', says })
  }
  for (const [cipher, hashes] of Object.entries(macsOfCiphers)) {
    const [says, passphrase] = [said('p-256'), 'gnu wörds']
    const p8 = `certtool --to-p8 --load-privkey p-256.pem --pkcs-cipher ${cipher} --password '${passphrase}'`
    add(`certtool-pkcs8-${cipher}.pem`, p8, { format: 'encrypted-pkcs8', passphrase, says })
    for (const hash of hashes) {
      const p12 = `certtool --to-p12 --load-privkey p-256.pem --load-certificate p-256.crt --p12-name x --pkcs-cipher ${cipher} --hash ${hash} --password '${passphrase}' --outder`
      add(`certtool-${cipher}-${hash}.p12`, p12, { format: 'pkcs12', passphrase, says })
    }
  }
  const nameless = 'certtool --to-p12 --load-privkey p-256.pem --p12-name x --outder'
  add('certtool-empty.p12', `${nameless} --empty-password`, { format: 'pkcs12', passphrase: '', says: said('p-256') })
  const pem = `${nameless.replace(' --outder', '')} --password 'gnu words'`
  add('certtool-armoured.p12', pem, { format: 'pkcs12', passphrase: 'gnu words', says: said('p-256') })
  refused(corpus)
}

/** @param {import('./corpus.mjs').Corpus} corpus */
function refused(corpus) {
  const arcfour =
    "certtool --to-p8 --load-privkey p-256.pem --pkcs-cipher arcfour --password 'gnu words' --outfile certtool-refused-arcfour.pem"
  corpus.add({
    file: 'certtool-refused-arcfour.pem',
    tool,
    command: arcfour,
    passphrase: 'gnu words',
    refusal: 'unsupported-protection',
  })
  const edwards = 'certtool --generate-privkey --key-type ed25519 --no-text --outfile certtool-refused-ed25519.pem'
  corpus.add({ file: 'certtool-refused-ed25519.pem', tool, command: edwards, refusal: 'edwards-curve' })
}

const tool = 'ssh-keygen'
const keys = ['rsa-2048', 'rsa-3072', 'rsa-4096', 'p-256', 'p-384', 'p-521']
const ciphers = ['aes128-ctr', 'aes192-ctr', 'aes256-ctr', 'aes128-cbc', 'aes192-cbc', 'aes256-cbc']

/** @param {import('./corpus.mjs').Corpus} corpus */
export function withSshKeygen(corpus) {
  for (const key of keys) {
    add(corpus, `ssh-${key}`, key, '-Z aes256-ctr', '', 'openssh')
    add(corpus, `ssh-encrypted-${key}`, key, '-a 1', 'ssh words', 'openssh')
    add(corpus, `ssh-pkcs8-${key}.pem`, key, '-m PKCS8', '', 'pkcs8')
    add(corpus, `ssh-pem-${key}.pem`, key, '-m PEM', '', key.startsWith('rsa') ? 'pkcs1' : 'sec1')
  }
  for (const cipher of ciphers) add(corpus, `ssh-${cipher}`, 'p-256', `-Z ${cipher} -a 1`, 'ssh wörds 🔑', 'openssh')
  // ssh-keygen's own number of rounds: everywhere else it is 1, the least.
  add(corpus, 'ssh-usual-rounds', 'p-256', '', 'ssh words', 'openssh')
  add(corpus, 'ssh-three-rounds', 'p-256', '-a 3', 'ssh words', 'openssh')
  add(corpus, 'ssh-pkcs8-encrypted.pem', 'p-384', '-m PKCS8', 'ssh words', 'encrypted-pkcs8')
  add(corpus, 'ssh-pem-encrypted.pem', 'rsa-2048', '-m PEM', 'ssh words', 'openssl-legacy')
  const old =
    "install -m 600 p-256.pem ssh-3des-cbc && ssh-keygen -q -p -f ssh-3des-cbc -P '' -N 'ssh words' -Z 3des-cbc"
  corpus.add({ file: 'ssh-3des-cbc', tool, command: old, passphrase: 'ssh words', refusal: 'unsupported-protection' })
  /** @type {[name: string, how: string, refusal: string][]} */
  const refused = [
    ['ed25519', '-t ed25519', 'edwards-curve'],
    ['rsa-1024', '-t rsa -b 1024', 'rsa-size'],
    ['dsa', '-t dsa', 'dsa'],
  ]
  for (const [name, how, refusal] of refused) {
    const file = `ssh-refused-${name}`
    corpus.add({ file, tool, command: `ssh-keygen -q ${how} -N '' -C corpus -f ${file}`, refusal })
  }
  const file = 'ssh-refused-rounds'
  const command = `ssh-keygen -q -t ecdsa -N 'slow words' -a 257 -C corpus -f ${file}`
  corpus.add({ file, tool, command, passphrase: 'slow words', refusal: 'kdf-beyond-limits' })
}

/**
 * @param {import('./corpus.mjs').Corpus} corpus @param {string} file @param {string} key
 * @param {string} how @param {string} passphrase @param {string} format
 */
function add(corpus, file, key, how, passphrase, format) {
  const command = `install -m 600 ${key}.pem ${file} && ssh-keygen -q -p -f ${file} -P '' -N '${passphrase}' ${how}`
  const says = [`ssh-keygen -e -m PKCS8 -P '${passphrase}' -f ${file} | openssl pkey -pubin -outform DER`]
  corpus.add({ file, tool, command, ...(passphrase === '' ? {} : { passphrase }), format, says })
}

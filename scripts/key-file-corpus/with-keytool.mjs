const tool = 'keytool'
const keys = ['rsa-2048', 'rsa-3072', 'rsa-4096', 'p-256', 'p-384', 'p-521']
const password = 'java words'
/** Java's own counts, 10,000 and of old 100,000, are kept in the two files of RSA-2048. */
const quick = ['certPbe', 'keyPbe', 'mac'].map((what) => `-J-Dkeystore.pkcs12.${what}IterationCount=1000`).join(' ')

/** @param {import('./corpus.mjs').Corpus} corpus */
export function withKeytool(corpus) {
  for (const key of keys) source(corpus, key)
  for (const key of keys) imported(corpus, `keytool-${key}`, key, key === 'rsa-2048' ? '' : quick)
  for (const key of ['rsa-2048', 'p-256'])
    imported(corpus, `keytool-legacy-${key}`, key, `-J-Dkeystore.pkcs12.legacy ${key === 'rsa-2048' ? '' : quick}`)
  const ciphers = [
    'PBEWithHmacSHA1AndAES_128',
    'PBEWithHmacSHA224AndAES_256',
    'PBEWithHmacSHA256AndAES_128',
    'PBEWithHmacSHA384AndAES_256',
    'PBEWithHmacSHA512AndAES_256',
    'PBEWithSHA1AndDESede',
    'PBEWithSHA1AndRC2_40',
    'PBEWithSHA1AndRC2_128',
  ]
  for (const cipher of ciphers)
    imported(
      corpus,
      `keytool-${cipher.toLowerCase()}`,
      'p-256',
      `-J-Dkeystore.pkcs12.keyProtectionAlgorithm=${cipher} ${quick}`,
    )
  for (const mac of ['HmacPBESHA1', 'HmacPBESHA224', 'HmacPBESHA384', 'HmacPBESHA512', 'NONE'])
    imported(corpus, `keytool-${mac.toLowerCase()}`, 'p-256', `-J-Dkeystore.pkcs12.macAlgorithm=${mac} ${quick}`)
  several(corpus)
  secretKeys(corpus)
  refused(corpus)
}

/** What keytool takes in: it can't read a bare key. @param {import('./corpus.mjs').Corpus} corpus @param {string} key */
function source(corpus, key) {
  corpus.run(
    `openssl pkcs12 -export -inkey ${key}.pem -in ${key}.crt -name ${key} -passout 'pass:${password}' -out source-${key}.p12`,
  )
}

/** @param {string} key @param {string} file @param {string} how */
const take = (key, file, how) =>
  `keytool ${how} -importkeystore -noprompt -srckeystore source-${key}.p12 -srcstoretype PKCS12 -srcstorepass '${password}' -destkeystore ${file} -deststoretype PKCS12 -deststorepass '${password}'`
/** @param {string} file @param {string} alias */
const says = (file, alias) =>
  `keytool -exportcert -rfc -keystore ${file} -storepass '${password}' -alias ${alias} | openssl x509 -noout -pubkey | openssl pkey -pubin -outform DER`

/** @param {import('./corpus.mjs').Corpus} corpus @param {string} name @param {string} key @param {string} how */
function imported(corpus, name, key, how) {
  const file = `${name}.p12`
  corpus.add({
    file,
    tool,
    command: take(key, file, how),
    passphrase: password,
    format: 'pkcs12',
    says: [says(file, key)],
  })
}

/** @param {import('./corpus.mjs').Corpus} corpus */
function several(corpus) {
  const file = 'keytool-several.p12'
  const command = ['rsa-2048', 'p-256', 'p-384'].map((key) => take(key, file, quick)).join(' && ')
  const lines = ['rsa-2048', 'p-256', 'p-384'].map((key) => says(file, key))
  corpus.add({ file, tool, command, passphrase: password, format: 'pkcs12', says: lines })
  const mixed = 'keytool-left-out.p12'
  /** @param {string} alias @param {string} how */
  const make = (alias, how) =>
    `keytool ${quick} ${how} -alias ${alias} -keystore ${mixed} -storetype PKCS12 -storepass '${password}'`
  const rest = [
    make('edwards', '-genkeypair -dname CN=x -keyalg Ed25519'),
    make('small', '-genkeypair -dname CN=x -keyalg RSA -keysize 1024'),
    make('hmac', '-genseckey -keyalg HmacSHA256 -keysize 256'),
  ]
  corpus.add({
    file: mixed,
    tool,
    command: [take('p-256', mixed, quick), ...rest].join(' && '),
    passphrase: password,
    format: 'pkcs12',
    says: [says(mixed, 'p-256')],
    leftOut: ['edwards-curve', 'rsa-size', 'unsupported-algorithm'],
  })
}

/** keytool never shows a secret key; its value is read by Java's own KeyStore. @param {import('./corpus.mjs').Corpus} corpus */
function secretKeys(corpus) {
  for (const bits of [128, 192, 256]) {
    const file = `keytool-aes-${bits}.p12`
    const command = `keytool ${quick} -genseckey -keyalg AES -keysize ${bits} -alias aes -keystore ${file} -storetype PKCS12 -storepass '${password}'`
    corpus.run(command)
    const program = [
      'var store = java.security.KeyStore.getInstance("PKCS12");',
      `store.load(new java.io.FileInputStream("${file}"), "${password}".toCharArray());`,
      `var cipher = javax.crypto.Cipher.getInstance("AES/ECB/NoPadding");`,
      `cipher.init(1, store.getKey("aes", "${password}".toCharArray()));`,
      'System.out.println("KCV=" + java.util.HexFormat.of().withUpperCase().formatHex(cipher.doFinal(new byte[16]), 0, 3));',
    ]
    const said = corpus.run(`printf '%s\\n' '${program.join("' '")}' | jshell -s -`).toString()
    const kcv = said.match(/KCV=([0-9A-F]{6})/)?.[1]
    if (!kcv) throw new Error(`jshell did not say the check value: ${said}`)
    corpus.take({ file, tool, command, passphrase: password, format: 'pkcs12', keys: [kcv] })
  }
}

/** @param {import('./corpus.mjs').Corpus} corpus */
function refused(corpus) {
  /** @param {string} file @param {string} command @param {string} refusal */
  const add = (file, command, refusal) =>
    corpus.add({
      file,
      tool,
      command: `keytool ${quick} ${command} -keystore ${file} -storepass '${password}'`,
      passphrase: password,
      refusal,
    })
  const pair = '-genkeypair -alias x -dname CN=x'
  add(
    'keytool-refused.jks',
    `${pair} -keyalg EC -groupname secp256r1 -storetype JKS -keypass '${password}'`,
    'java-keystore',
  )
  add(
    'keytool-refused.jceks',
    `${pair} -keyalg EC -groupname secp256r1 -storetype JCEKS -keypass '${password}'`,
    'java-keystore',
  )
  add('keytool-refused-ed25519.p12', `${pair} -keyalg Ed25519 -storetype PKCS12`, 'edwards-curve')
  add('keytool-refused-dsa.p12', `${pair} -keyalg DSA -keysize 1024 -storetype PKCS12`, 'dsa')
  add(
    'keytool-refused-no-key.p12',
    '-importcert -noprompt -alias x -file p-256.crt -storetype PKCS12',
    'no-private-key',
  )
  add('keytool-refused-rsa-1024.p12', `${pair} -keyalg RSA -keysize 1024 -storetype PKCS12`, 'rsa-size')
}

import { createDecipheriv, createPublicKey, randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pkcs11js from 'pkcs11js'
import { sha256 } from './corpus.mjs'

const tool = 'softhsm2'
const library = process.env.SOFTHSM2_LIBRARY ?? '/usr/lib/softhsm/libsofthsm2.so'

/** DER of the curves' names. */
const curves = {
  'P-256': '06082a8648ce3d030107',
  'P-384': '06052b81040022',
  'P-521': '06052b81040023',
  secp256k1: '06052b8104000a',
}

/**
 * SoftHSM2 gives a private key away only wrapped: under an AES key that it was given, as PKCS#8 of its own encoding.
 * @param {import('./corpus.mjs').Corpus} corpus
 */
export function withSoftHsm(corpus) {
  const token = open(corpus.folder)
  const kek = randomBytes(32)
  const wrapping = token.module.C_CreateObject(token.session, [
    { type: pkcs11js.CKA_CLASS, value: pkcs11js.CKO_SECRET_KEY },
    { type: pkcs11js.CKA_KEY_TYPE, value: pkcs11js.CKK_AES },
    { type: pkcs11js.CKA_VALUE, value: kek },
    { type: pkcs11js.CKA_WRAP, value: true },
  ])
  for (const [bits, times] of [
    [2048, 6],
    [3072, 1],
    [4096, 1],
  ])
    for (let i = 1; i <= Number(times); i++) rsa(corpus, token, wrapping, kek, Number(bits), i)
  for (const curve of Object.keys(curves)) for (let i = 1; i <= 3; i++) ec(corpus, token, wrapping, kek, curve, i)
  for (const bytes of [16, 24, 32]) aes(corpus, token, bytes)
  token.module.C_Finalize()
}

/** @typedef {ReturnType<typeof open>} Token */

/** @param {string} folder */
function open(folder) {
  const tokens = path.join(folder, 'tokens')
  mkdirSync(tokens)
  process.env.SOFTHSM2_CONF = path.join(folder, 'softhsm2.conf')
  writeFileSync(
    process.env.SOFTHSM2_CONF,
    `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`,
  )
  const module = new pkcs11js.PKCS11()
  module.load(library)
  module.C_Initialize()
  const [empty] = module.C_GetSlotList(true)
  if (!empty) throw new Error('SoftHSM2 shows no slot')
  module.C_InitToken(empty, '1234', 'corpus')
  const [slot] = module.C_GetSlotList(true)
  if (!slot) throw new Error('SoftHSM2 lost its slot')
  const session = module.C_OpenSession(slot, pkcs11js.CKF_SERIAL_SESSION | pkcs11js.CKF_RW_SESSION)
  module.C_Login(session, pkcs11js.CKU_SO, '1234')
  module.C_InitPIN(session, '1234')
  module.C_Logout(session)
  module.C_Login(session, pkcs11js.CKU_USER, '1234')
  return { module, session }
}

const extractable = [
  { type: pkcs11js.CKA_EXTRACTABLE, value: true },
  { type: pkcs11js.CKA_SENSITIVE, value: false },
  { type: pkcs11js.CKA_TOKEN, value: false },
]

/** @param {import('./corpus.mjs').Corpus} corpus @param {Token} token @param {Buffer} wrapping @param {Buffer} kek @param {number} bits @param {number} i */
function rsa(corpus, { module, session }, wrapping, kek, bits, i) {
  const { publicKey, privateKey } = module.C_GenerateKeyPair(
    session,
    { mechanism: pkcs11js.CKM_RSA_PKCS_KEY_PAIR_GEN },
    [
      { type: pkcs11js.CKA_MODULUS_BITS, value: bits },
      { type: pkcs11js.CKA_PUBLIC_EXPONENT, value: Buffer.from([1, 0, 1]) },
    ],
    extractable,
  )
  const [n, e] = module.C_GetAttributeValue(session, publicKey, [
    { type: pkcs11js.CKA_MODULUS },
    { type: pkcs11js.CKA_PUBLIC_EXPONENT },
  ])
  const spki = spkiOf({ kty: 'RSA', n: base64url(n?.value), e: base64url(e?.value) })
  const pkcs8 = unwrapped(module.C_WrapKey(session, wrapMechanism, wrapping, privateKey, Buffer.alloc(8192)), kek)
  const command = `C_GenerateKeyPair CKM_RSA_PKCS_KEY_PAIR_GEN ${bits}; C_WrapKey CKM_AES_KEY_WRAP_PAD; unwrapped`
  take(corpus, `softhsm-rsa-${bits}-${i}`, command, pkcs8, spki, i % 2 === 0)
}

/** @param {import('./corpus.mjs').Corpus} corpus @param {Token} token @param {Buffer} wrapping @param {Buffer} kek @param {string} curve @param {number} i */
function ec(corpus, { module, session }, wrapping, kek, curve, i) {
  const parameters = Buffer.from(Object.entries(curves).find(([name]) => name === curve)?.[1] ?? '', 'hex')
  const { publicKey, privateKey } = module.C_GenerateKeyPair(
    session,
    { mechanism: pkcs11js.CKM_EC_KEY_PAIR_GEN },
    [{ type: pkcs11js.CKA_EC_PARAMS, value: parameters }],
    extractable,
  )
  const [attribute] = module.C_GetAttributeValue(session, publicKey, [{ type: pkcs11js.CKA_EC_POINT }])
  // An OCTET STRING around 0x04, x and y; its header has two octets, or three for P-521.
  const wrapped = Buffer.from(/** @type {Buffer} */ (attribute?.value))
  const point = wrapped.subarray(wrapped[1] === 0x81 ? 3 : 2)
  const half = (point.length - 1) / 2
  const spki = spkiOf({
    kty: 'EC',
    crv: curve,
    x: base64url(point.subarray(1, 1 + half)),
    y: base64url(point.subarray(1 + half)),
  })
  const pkcs8 = unwrapped(module.C_WrapKey(session, wrapMechanism, wrapping, privateKey, Buffer.alloc(8192)), kek)
  const command = `C_GenerateKeyPair CKM_EC_KEY_PAIR_GEN ${curve}; C_WrapKey CKM_AES_KEY_WRAP_PAD; unwrapped`
  take(corpus, `softhsm-ec-${curve.toLowerCase()}-${i}`, command, pkcs8, spki, i % 2 === 0)
}

/** @param {import('./corpus.mjs').Corpus} corpus @param {Token} token @param {number} bytes */
function aes(corpus, { module, session }, bytes) {
  const key = module.C_GenerateKey(session, { mechanism: pkcs11js.CKM_AES_KEY_GEN }, [
    { type: pkcs11js.CKA_VALUE_LEN, value: bytes },
    { type: pkcs11js.CKA_ENCRYPT, value: true },
    ...extractable,
  ])
  const [attribute] = module.C_GetAttributeValue(session, key, [{ type: pkcs11js.CKA_VALUE }])
  const value = Buffer.from(/** @type {Buffer} */ (attribute?.value))
  module.C_EncryptInit(session, { mechanism: pkcs11js.CKM_AES_ECB }, key)
  const kcv = module.C_Encrypt(session, Buffer.alloc(16), Buffer.alloc(16)).subarray(0, 3).toString('hex').toUpperCase()
  const forms = { bin: value, hex: `${value.toString('hex')}\n`, b64: `${value.toString('base64')}\n` }
  for (const [form, content] of Object.entries(forms)) {
    const file = `softhsm-aes-${8 * bytes}.${form}`
    writeFileSync(path.join(corpus.folder, file), content)
    const command = `C_GenerateKey CKM_AES_KEY_GEN ${bytes}; C_GetAttributeValue CKA_VALUE, as ${form}`
    corpus.take({ file, tool, command, format: 'raw', keys: [kcv] })
  }
}

const wrapMechanism = { mechanism: pkcs11js.CKM_AES_KEY_WRAP_PAD }

/** RFC 5649. SoftHSM2 fills up with zeros by itself before it wraps; they go. @param {Buffer} wrapped @param {Buffer} kek */
function unwrapped(wrapped, kek) {
  const decipher = createDecipheriv('id-aes256-wrap-pad', kek, Buffer.from('a65959a6', 'hex'))
  const padded = Buffer.concat([decipher.update(wrapped), decipher.final()])
  const [, first = 0] = padded
  const header = first < 0x80 ? 2 : 2 + (first & 0x7f)
  return padded.subarray(0, header + (first < 0x80 ? first : padded.readUIntBE(2, header - 2)))
}

/** @param {unknown} value */
const base64url = (value) => Buffer.from(/** @type {Buffer} */ (value)).toString('base64url')

/** @param {import('node:crypto').JsonWebKey} jwk */
const spkiOf = (jwk) => createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'der' })

/** @param {import('./corpus.mjs').Corpus} corpus @param {string} name @param {string} command @param {Buffer} pkcs8 @param {Buffer} spki @param {boolean} armour */
function take(corpus, name, command, pkcs8, spki, armour) {
  const file = `${name}.${armour ? 'pem' : 'der'}`
  const lines = pkcs8.toString('base64').match(/.{1,64}/g) ?? []
  const pem = ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n')
  writeFileSync(path.join(corpus.folder, file), armour ? pem : pkcs8)
  corpus.take({ file, tool, command, format: 'pkcs8', keys: [sha256(spki)] })
}

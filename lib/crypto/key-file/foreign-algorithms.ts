import { KeyFileRefused } from './refusals'

const edwards: Record<string, string> = {
  '1.3.101.110': 'X25519',
  '1.3.101.111': 'X448',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
}
const discreteLogarithm: Record<string, string> = {
  '1.2.840.10040.4.1': 'DSA',
  '1.3.14.3.2.12': 'DSA',
  '1.2.840.113549.1.3.1': 'Diffie-Hellman',
  '1.2.840.10046.2.1': 'Diffie-Hellman',
}
const rsaPss = '1.2.840.113549.1.1.10'

/**
 * OpenSSL has no switch that lifts the restriction: the RSA key inside is cut out at its place, which is this key's own,
 * and written anew. `pkey` first, since the key may be encrypted, in DER, in PKCS#12, or behind other text.
 */
const plainRsaCommand = (offset: number) =>
  `openssl pkey -in pss.pem | openssl asn1parse -strparse ${offset} -noout -out rsa.der && openssl rsa -inform DER -in rsa.der -out key.pem`

/**
 * Refuses a key by its algorithm's identifier (RFC 8410, RFC 3279, RFC 4055): whatever is neither RSA nor EC.
 * `keyOffset`: where in the PrivateKeyInfo the OCTET STRING with the key begins, in bytes.
 */
export function refuseForeignAlgorithm(oid: string, keyOffset: number): never {
  if (oid === rsaPss) throw new KeyFileRefused('rsa-pss-only', { command: plainRsaCommand(keyOffset) })
  const curve = edwards[oid]
  if (curve !== undefined) throw new KeyFileRefused('edwards-curve', { detail: `It is ${curve}.` })
  const logarithm = discreteLogarithm[oid]
  if (logarithm !== undefined) throw new KeyFileRefused('dsa', { detail: `It is ${logarithm}.` })
  throw new KeyFileRefused('unsupported-algorithm', { detail: `Its algorithm has the identifier ${oid}.` })
}

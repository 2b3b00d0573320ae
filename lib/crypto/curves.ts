/**
 * The curves that the vaults take, under every name that they go by. P-256K is the vault's name of secp256k1
 * (SEC 2), which JOSE registers as `secp256k1` (RFC 8812). Parameters: FIPS 186-4 D.1.2 and SEC 2 2.4.1; `a` and `b`
 * as in y² = x³ + ax + b over the integers modulo `p`, every `p` being 3 modulo 4;
 * `order` is the base point's.
 */
export const curves = {
  'P-256': {
    jose: 'P-256',
    oid: '1.2.840.10045.3.1.7',
    coordinateBytes: 32,
    strengthBits: 128,
    p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
    a: -3n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  },
  'P-256K': {
    jose: 'secp256k1',
    oid: '1.3.132.0.10',
    coordinateBytes: 32,
    strengthBits: 128,
    p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2fn,
    a: 0n,
    b: 7n,
    order: 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n,
  },
  'P-384': {
    jose: 'P-384',
    oid: '1.3.132.0.34',
    coordinateBytes: 48,
    strengthBits: 192,
    p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffffn,
    a: -3n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    order: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  },
  'P-521': {
    jose: 'P-521',
    oid: '1.3.132.0.35',
    coordinateBytes: 66,
    strengthBits: 256,
    p: (1n << 521n) - 1n,
    a: -3n,
    b: 0x51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
    order:
      0x1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
  },
} as const

/** A curve by the vaults' name. */
export type CurveName = keyof typeof curves

export const curveNames: readonly CurveName[] = ['P-256', 'P-256K', 'P-384', 'P-521']

export const curveByOid = (oid: string): CurveName | undefined => curveNames.find((name) => curves[name].oid === oid)

/** A curve by the vaults' or by JOSE's name (`P-256K` and `secp256k1` are the same). */
export const curveByName = (given: string): CurveName | undefined =>
  curveNames.find((name) => name === given || curves[name].jose === given)

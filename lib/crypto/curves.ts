/**
 * The curves that the vaults take, under every name that they go by. P-256K is the vault's name of secp256k1
 * (SEC 2), which JOSE registers as `secp256k1` (RFC 8812). Parameters: FIPS 186-4 D.1.2 and SEC 2 2.4.1; `a` and `b`
 * as in y² = x³ + ax + b over the integers modulo `p`, every `p` being 3 modulo 4; `order` is the base point's, which
 * is (`gx`, `gy`). Every cofactor is 1.
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
    gx: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
    gy: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
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
    gx: 0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798n,
    gy: 0x483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8n,
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
    gx: 0xaa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7n,
    gy: 0x3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5fn,
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
    gx: 0xc6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66n,
    gy: 0x11839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650n,
  },
} as const

/** A curve by the vaults' name. */
export type CurveName = keyof typeof curves

export const curveNames: readonly CurveName[] = ['P-256', 'P-256K', 'P-384', 'P-521']

export const curveByOid = (oid: string): CurveName | undefined => curveNames.find((name) => curves[name].oid === oid)

/** A curve by the vaults' or by JOSE's name (`P-256K` and `secp256k1` are the same). */
export const curveByName = (given: string): CurveName | undefined =>
  curveNames.find((name) => name === given || curves[name].jose === given)

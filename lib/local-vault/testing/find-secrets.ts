/** Where known secret bytes stand in other bytes, in any form in which they could have been written. */

type Needle = { what: string; bytes: Buffer }
export type Secrets = Record<string, Buffer>

/** Two pieces of each secret, so that one which is cut, or begins with zeros, is found too. */
const pieceLength = 16

export function needlesOf(secrets: Secrets): Needle[] {
  return Object.entries(secrets).flatMap(([name, secret]) => {
    if (secret.length < pieceLength) throw new Error(`${name} is too short to be told from chance`)
    return [secret.subarray(0, pieceLength), secret.subarray(-pieceLength)].flatMap((piece) => formsOf(name, piece))
  })
}

/** What of the secrets stands in the bytes: `<secret> as <form>`. */
export function findSecrets(needles: readonly Needle[], bytes: Buffer): string[] {
  return [...new Set(needles.filter((needle) => bytes.includes(needle.bytes)).map(({ what }) => what))]
}

function formsOf(name: string, piece: Buffer): Needle[] {
  const hex = piece.toString('hex')
  const list = [...piece].join(',')
  return [
    { what: `${name} as bytes`, bytes: piece },
    { what: `${name} as reversed bytes`, bytes: Buffer.from(piece).reverse() },
    { what: `${name} as hex`, bytes: Buffer.from(hex) },
    { what: `${name} as hex`, bytes: Buffer.from(hex.toUpperCase()) },
    { what: `${name} as a list of numbers`, bytes: Buffer.from(list) },
    { what: `${name} as a list of numbers`, bytes: Buffer.from(list.replaceAll(',', ', ')) },
    ...base64FormsOf(piece).map((text) => ({ what: `${name} as base64`, bytes: Buffer.from(text) })),
  ]
}

/** In both alphabets, and wherever in a longer text the piece begins: of each the characters that depend on it alone. */
function base64FormsOf(piece: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), piece])
      .toString('base64')
      .replace(/=+$/, '')
    const own = text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + piece.length) * 8) / 6))
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')]
  })
}

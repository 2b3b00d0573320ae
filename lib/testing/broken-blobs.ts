import { concatBytes, decodeBase64Url, encodeBase64, encodeBase64Url } from '@/lib/crypto'
import type { PreflightCheckId } from '@/lib/domain/preflight/report'

/** A file that is wrong in one way, and what the officer reads about it: the fact, then the remedy. */
export interface BrokenBlob {
  id: string
  bytes: Uint8Array
  expectedRowId: PreflightCheckId
  expectedVerdict: 'fail' | 'warn'
  sentence: string
}

/** A sound blob of a P-256 key, and the size of its KEK. */
export interface GoodBlob {
  bytes: Uint8Array
  kekBits: number
}

type Blob = {
  schema_version: string
  header: { kid: string; alg: string; enc: string }
  ciphertext: string
  generator: string
}
type Row = readonly [id: string, content: string | Uint8Array, sentence: string]

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

function utf16(text: string, marked: boolean): Uint8Array {
  const units = [...(marked ? '\uFEFF' : ''), ...text].map((letter) => letter.charCodeAt(0))
  return Uint8Array.from(units.flatMap((unit) => [unit & 0xff, unit >> 8]))
}

const rows = (row: PreflightCheckId, verdict: 'fail' | 'warn', list: readonly Row[]): BrokenBlob[] =>
  list.map(([id, content, sentence]) => ({
    id,
    bytes: typeof content === 'string' ? utf8(content) : content,
    expectedRowId: row,
    expectedVerdict: verdict,
    sentence,
  }))

const chooseByok = 'Choose the .byok file that the export tool wrote.'
const bare =
  'Have the export tool write the JSON file with header and ciphertext. A bare wrapped key can’t be imported.'
const exportAgain = 'Export the file again; if it was copied by hand, check that nothing is missing.'
const azureTool = 'Export the key again with a tool for Azure transfer blobs.'
const accept = 'Acknowledge that the changed bytes are sent, or export the file again.'

/** Every way of being broken that preflight names, made from one sound blob. */
export function brokenBlobs(good: GoodBlob): BrokenBlob[] {
  const text = new TextDecoder().decode(good.bytes)
  // The caller hands in a sound blob; a test that doesn't fails at once on its rows.
  const blob = JSON.parse(text) as Blob
  return [
    ...notText(blob, text),
    ...notJson(blob, text),
    ...badMembers(blob, text),
    ...badHeader(blob),
    ...mended(blob, text),
    ...badKid(blob),
    ...badLengths(blob, good.kekBits),
  ]
}

function notText({ ciphertext }: Blob, text: string): BrokenBlob[] {
  const binary = `The file is raw binary: perhaps the wrapped key without the JSON around it. ${bare}`
  const wide = 'The file is UTF-16 text. Save it as UTF-8 without a byte-order mark, or export it again.'
  return [
    ...rows('file-not-empty', 'fail', [
      ['empty', '', `The file is empty. ${chooseByok}`],
      ['blank', ' \r\n\t', `The file is empty. ${chooseByok}`],
    ]),
    ...rows('file-size', 'fail', [
      ['too-large', text.padEnd(65_537), `The file has 65537 bytes; a transfer blob has at most 65536. ${chooseByok}`],
    ]),
    ...rows('file-encoding', 'fail', [
      ['utf-16-marked', utf16(text, true), wide],
      ['utf-16-unmarked', utf16(text, false), wide],
      ['raw-binary', concatBytes(decodeBase64Url(ciphertext), new Uint8Array(8)), binary],
      ['latin-1', concatBytes(utf8('{"generator":"Schl'), Uint8Array.of(0xfc), utf8('ssel"}')), binary],
    ]),
  ]
}

function notJson(blob: Blob, text: string): BrokenBlob[] {
  const once = encodeBase64(utf8(text))
  const body =
    'The file is the body of a whole import request: the transfer blob is inside its key_hsm member. Take the value of key_hsm, decode it once from base64 and choose the result.'
  const request = JSON.stringify({ key: { kty: 'EC-HSM', key_hsm: encodeBase64Url(utf8(text)) } })
  const stops = (position: number) => `The file is not JSON: reading stops at character ${position}. ${exportAgain}`
  return rows('file-json', 'fail', [
    [
      'base64-of-json',
      once,
      'The file is the base64 of a JSON text. Decode it once (base64 -d) and choose the result.',
    ],
    [
      'base64-twice',
      encodeBase64(utf8(once)),
      'The file is the base64 of the base64 of a JSON text. Decode it twice (base64 -d | base64 -d) and choose the result.',
    ],
    [
      'base64-of-binary',
      blob.ciphertext,
      `The file is base64, but of no JSON text: perhaps the wrapped key without the JSON around it. ${bare}`,
    ],
    ['http-body', request, body],
    ['http-request', `PUT /keys/orders?api-version=7.6 HTTP/1.1\r\n\r\n${request}`, body],
    [
      'compact-jwe',
      'eyJhbGciOiJkaXIifQ..AAAA.BBBB.CCCC',
      'The file is a JWE in compact form, five parts with dots between them. Have the export tool write Azure’s transfer blob, which is a JSON object.',
    ],
    [
      'pem-private-key',
      '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n',
      'The file is a private key in PEM, not a transfer blob. Nothing of it was sent. Treat the key as exposed where this file has been. Wrap it in the source HSM under the KEK.',
    ],
    [
      'pem-public-key',
      '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n',
      `The file is PEM: a public key or certificate, not a transfer blob. ${chooseByok}`,
    ],
    ['cut-short', text.slice(0, -1), stops(text.length)],
    ['trailing-text', `${text} x`, stops(text.length + 2)],
    ['line-break-in-text', text.replace('"dir"', '"d\nir"'), stops(text.indexOf('"dir"') + 3)],
    ['deep', '['.repeat(1000), stops(18)],
    ['array', `[${text}]`, `The file is JSON, but not an object. ${chooseByok}`],
    ['text', '"a transfer blob"', `The file is JSON, but not an object. ${chooseByok}`],
  ])
}

function badMembers(blob: Blob, text: string): BrokenBlob[] {
  const { header, ciphertext } = blob
  const without = (member: keyof Blob) => JSON.stringify({ ...blob, [member]: undefined })
  const twice = (member: string) =>
    `${member} occurs twice: it is not clear which one counts. Export the file again. Do not send it: two programs could read it differently.`
  const noHeader = 'The member header is missing or not an object. Have the export tool write Azure’s transfer blob.'
  const noCiphertext = 'The member ciphertext is missing or empty. Export the file again.'
  const noBase64 = `The ciphertext is not base64 of any kind: a character is wrong or missing. ${exportAgain}`
  return [
    ...rows('file-duplicates', 'fail', [
      ['two-ciphertexts', `${text.slice(0, -1)},"ciphertext":"${ciphertext}"}`, twice('The member ciphertext')],
      ['two-kids', text.replace('"kid"', '"kid":"x","kid"'), twice('The member kid')],
      ['two-kids-escaped', text.replace('"kid"', '"k\\u0069d":"x","kid"'), twice('The member kid')],
      ['two-unknown', `${text.slice(0, -1)},"note":1,"note":2}`, twice('An unknown member')],
    ]),
    ...rows('file-members', 'fail', [
      ['no-header', without('header'), noHeader],
      ['header-is-text', JSON.stringify({ ...blob, header: 'dir' }), noHeader],
      [
        'no-kid',
        JSON.stringify({ ...blob, header: { ...header, kid: undefined } }),
        'header.kid is missing: the blob does not say which KEK it was wrapped under. Give the KEK’s full identifier, with its version, to the export tool and export again.',
      ],
      [
        'kid-is-number',
        JSON.stringify({ ...blob, header: { ...header, kid: 7 } }),
        `The member kid is not a text. ${azureTool}`,
      ],
      ['no-ciphertext', without('ciphertext'), noCiphertext],
      ['ciphertext-empty', JSON.stringify({ ...blob, ciphertext: '' }), noCiphertext],
      [
        'ciphertext-is-list',
        JSON.stringify({ ...blob, ciphertext: [ciphertext] }),
        `The member ciphertext is not a text. ${azureTool}`,
      ],
    ]),
    ...rows('file-ciphertext-encoding', 'fail', [
      ['ciphertext-stray-character', JSON.stringify({ ...blob, ciphertext: `${ciphertext.slice(0, -1)}!` }), noBase64],
      ['ciphertext-mixed-alphabets', JSON.stringify({ ...blob, ciphertext: `-+${ciphertext.slice(2)}` }), noBase64],
      ['ciphertext-half-a-byte', JSON.stringify({ ...blob, ciphertext: 'AAAAA' }), noBase64],
      ['ciphertext-in-hex', JSON.stringify({ ...blob, ciphertext: 'AB:CD:EF' }), noBase64],
    ]),
    ...rows('file-members', 'warn', [
      [
        'unknown-member',
        JSON.stringify({ ...blob, note: 'x' }),
        'The file has a member that a transfer blob does not have. The vault would receive this too. Look at the file: make sure that nothing in it is secret.',
      ],
    ]),
  ]
}

function badHeader(blob: Blob): BrokenBlob[] {
  const { header } = blob
  const withHeader = (change: object) => JSON.stringify({ ...blob, header: { ...header, ...change } })
  const wrap = 'Wrap the key with CKM_RSA_AES_KEY_WRAP (RSA-OAEP with SHA-1).'
  const schema = 'Export the key again with a tool that writes schema_version 1.0.0.'
  const released = (name: string) => `header.enc is ${name}, which belongs to key release and not to import. ${wrap}`
  return [
    ...rows('file-schema-version', 'fail', [
      [
        'no-schema-version',
        JSON.stringify({ ...blob, schema_version: undefined }),
        `schema_version is missing. ${schema}`,
      ],
      [
        'released-blob',
        JSON.stringify({ ...blob, schema_version: '1.0' }),
        'schema_version is 1.0: this is a key that a vault released, not a transfer blob. Export the key from the source HSM as a transfer blob (schema_version 1.0.0).',
      ],
      [
        'schema-version-2',
        JSON.stringify({ ...blob, schema_version: '2.0.0' }),
        `schema_version is not 1.0.0. ${schema}`,
      ],
    ]),
    ...rows('file-algorithm', 'fail', [
      ['no-alg', withHeader({ alg: undefined }), `header.alg is missing. ${azureTool}`],
      ['alg-rsa-oaep', withHeader({ alg: 'RSA-OAEP' }), `header.alg is not dir. ${azureTool}`],
    ]),
    ...rows('file-encryption', 'fail', [
      ['no-enc', withHeader({ enc: undefined }), `header.enc is missing. ${wrap}`],
      ['enc-a256gcm', withHeader({ enc: 'A256GCM' }), `header.enc is not CKM_RSA_AES_KEY_WRAP. ${wrap}`],
      ['enc-release-256', withHeader({ enc: 'RSA_AES_KEY_WRAP_256' }), released('RSA_AES_KEY_WRAP_256')],
      ['enc-release-384', withHeader({ enc: 'RSA_AES_KEY_WRAP_384' }), released('RSA_AES_KEY_WRAP_384')],
    ]),
    ...rows('file-generator', 'warn', [
      [
        'no-generator',
        JSON.stringify({ ...blob, generator: undefined }),
        'The file does not name the tool that made it. Write down in the ceremony record which tool it was.',
      ],
    ]),
    ...rows('target-vendor', 'warn', [
      [
        'unlisted-generator',
        JSON.stringify({ ...blob, generator: 'home-made 1.0' }),
        'The tool that made the file is of no vendor on Microsoft’s list. Make sure that you know the tool.',
      ],
    ]),
  ]
}

function mended(blob: Blob, text: string): BrokenBlob[] {
  const bytes = decodeBase64Url(blob.ciphertext)
  const unpadded = bytes.length % 3 === 0 ? concatBytes(bytes, new Uint8Array(8)) : bytes
  const standard = `//${encodeBase64(bytes).replace(/=+$/, '').slice(2)}`
  const rewritten = 'It is rewritten as base64url without padding before it is sent.'
  const withCiphertext = (ciphertext: string) => JSON.stringify({ ...blob, ciphertext })
  return [
    ...rows('file-encoding', 'warn', [
      [
        'byte-order-mark',
        `\uFEFF${text}`,
        `The file begins with a byte-order mark. It is left out of what is sent. ${accept}`,
      ],
    ]),
    ...rows('file-json', 'warn', [
      [
        'single-quotes',
        text.replaceAll('"', "'"),
        `The file is written with single quotes, which is not JSON; some vendors’ tools do that. It is rewritten as JSON before it is sent. ${accept}`,
      ],
    ]),
    ...rows('file-ciphertext-encoding', 'warn', [
      [
        'standard-alphabet',
        withCiphertext(standard),
        `The ciphertext uses the standard alphabet (+ and /). ${rewritten} ${accept}`,
      ],
      [
        'padded',
        withCiphertext(encodeBase64(unpadded).replaceAll('+', '-').replaceAll('/', '_')),
        `The ciphertext is padded with =. ${rewritten} ${accept}`,
      ],
      [
        'lines',
        withCiphertext(blob.ciphertext.replace(/(.{64})/g, '$1\n')),
        `The ciphertext holds line breaks or blanks. ${rewritten} ${accept}`,
      ],
    ]),
  ]
}

function badKid(blob: Blob): BrokenBlob[] {
  const url = new URL(blob.header.kid)
  const withKid = (kid: string) => JSON.stringify({ ...blob, header: { ...blob.header, kid } })
  const give = 'Give the KEK’s full identifier, with its version, to the export tool and export again.'
  const noKey = `header.kid is not the identifier of a key in a vault. ${give}`
  return [
    ...rows('kek-identifier', 'fail', [
      ['kid-no-url', withKid('my-kek'), noKey],
      ['kid-of-secret', withKid(blob.header.kid.replace('/keys/', '/secrets/')), noKey],
      ['kid-bad-version', withKid(`${blob.header.kid}0`), noKey],
      ['kid-with-query', withKid(`${blob.header.kid}?api-version=7.6`), noKey],
      [
        'kid-no-version',
        withKid(blob.header.kid.split('/').slice(0, -1).join('/')),
        `header.kid names the KEK without its version. ${give}`,
      ],
      [
        'kid-other-version',
        withKid(blob.header.kid.replace(/[^/]+$/, 'f'.repeat(32))),
        'The blob names another KEK, or another version of it, than the selected one. Select the KEK that the blob was wrapped under, or export again for the selected one.',
      ],
    ]),
    ...rows('kek-host', 'fail', [
      [
        'kid-other-vault',
        withKid(`https://other.vault.azure.net${url.pathname}`),
        `The blob was wrapped for https://other.vault.azure.net; the selected vault is ${url.origin}. Select that vault, or wrap the key under a KEK of this one.`,
      ],
    ]),
  ]
}

function badLengths(blob: Blob, kekBits: number): BrokenBlob[] {
  const bytes = decodeBase64Url(blob.ciphertext)
  const block = kekBits / 8
  const padded = concatBytes(bytes, new Uint8Array(4096))
  const ofLength = (remainder: number) =>
    JSON.stringify({ ...blob, ciphertext: encodeBase64Url(padded.subarray(0, block + remainder)) })
  const again = 'The file is cut short or was wrapped for another KEK. Export it again for this KEK.'
  const whole = `A wrapped key has at least 24, and a multiple of 8. ${again}`
  const left = (count: number) => `${count} bytes are left for the key`
  return [
    ...rows('arithmetic-block', 'fail', [
      ['shorter-than-kek', ofLength(-1), `The ciphertext has ${block - 1} bytes, the KEK’s modulus ${block}. ${again}`],
      ['only-the-block', ofLength(0), `The ciphertext has ${block} bytes, the KEK’s modulus ${block}. ${again}`],
    ]),
    ...rows('arithmetic-remainder', 'fail', [
      ['rest-of-16', ofLength(16), `16 bytes follow the first block. ${whole}`],
      ['rest-not-of-8', ofLength(151), `151 bytes follow the first block. ${whole}`],
    ]),
    ...rows('arithmetic-type', 'fail', [
      [
        'rest-of-rsa-1024',
        ofLength(648),
        `${left(648)}: the length of RSA-1024, which no vault takes. Bring a key of at least 2048 bits.`,
      ],
      [
        'rest-too-small',
        ofLength(64),
        `${left(64)}; P-256 needs at least 80. Check which key was exported, and under which KEK.`,
      ],
      [
        'rest-of-aes-256',
        ofLength(40),
        `${left(40)}; P-256 needs at least 80. Choose AES-256, or check which key was exported.`,
      ],
    ]),
    ...rows('arithmetic-type', 'warn', [
      [
        'rest-of-p-384',
        ofLength(200),
        `${left(200)}: the length of P-384, not of P-256. Choose P-384, or check which key was exported.`,
      ],
      [
        'rest-of-rsa-2048',
        ofLength(1224),
        `${left(1224)}: the length of RSA-2048, not of P-256. Choose RSA-2048, or check which key was exported.`,
      ],
      [
        'rest-of-nothing',
        ofLength(3000),
        `${left(3000)}, more than the 160 that P-256 is known to take. Check the type against the ceremony record before you go on.`,
      ],
    ]),
  ]
}

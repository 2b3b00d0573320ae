import { gzipSync } from 'node:zlib'
import type { Random } from './random'
import type { Draft } from './well-formed'

/** What goes over the wire. `chunked`: the body goes without its length. */
export type Spoilt = Omit<Draft, 'body'> & { body: Buffer; chunked: boolean; tricks: string[] }

type Trick = (draft: Spoilt, random: Random, json: unknown) => void

const kib = 1024
const prototypeNames = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'valueOf']

/** Values that somebody forgot to think of. */
function oddValue(random: Random): unknown {
  return random.pick<() => unknown>([
    () => null,
    () => random.pick([true, false]),
    () => random.pick([0, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, 253_402_300_800]),
    () => random.pick(['', ' ', '0', 'null', '\u0000', '\ud800', 'ÿ', '💥', '../..', '%00', "'; --", '=', '===']),
    () => 'a'.repeat(random.pick([127, 128, 257, 4 * kib, 70 * kib])),
    () => random.pick(prototypeNames),
    () => [],
    () => ({}),
    () => [null, [[]], {}],
    () => Object.fromEntries(Array.from({ length: random.below(40) }, (_unused, at) => [`m${at}`, at])),
    () => JSON.parse(`{"${random.pick(prototypeNames)}": {"enabled": true, "kty": "EC"}}`),
    () => random.bytes(random.below(300)).toString('base64url'),
  ])()
}

function oddBase64(random: Random): string {
  const text = random.bytes(random.below(60)).toString('base64')
  const at = random.below(text.length + 1)
  const junk = random.pick(['=', '==', '*', ' ', '\n', '%3D', '\u00ff', '.', '-_+/', 'A', '\\'])
  return text.slice(0, at) + junk + text.slice(at)
}

const algorithms = [
  'none',
  'RS1',
  'HS256',
  'ES256',
  'PS512',
  'RSNULL',
  'RSA1_5',
  'A128KW',
  'A256GCM',
  'A192CBCPAD',
  'CKM_AES_KEY_WRAP',
  'es256',
  'ES256 ',
  '',
  'RSA',
  'P-256',
  'P-999',
  'RSA_AES_KEY_WRAP_384',
  ...prototypeNames,
]

type Json = Record<string, unknown>
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null

/** Every place in a body: the object that holds it, and its name there. */
function placesIn(value: unknown): [holder: Json, name: string][] {
  if (!isJson(value)) return []
  return Object.keys(value).flatMap((name) => [[value, name] as [Json, string], ...placesIn(value[name])])
}

/** Another body: a copy of the given one, changed in up to three places. */
function changed(random: Random, json: unknown, change: (holder: Json, name: string) => void): Buffer {
  const copy: unknown = structuredClone(json ?? { value: 'AA', alg: 'ES256', key: { kty: 'EC' } })
  for (let times = 1 + random.below(3); times > 0; times -= 1) {
    const places = placesIn(copy)
    if (places.length > 0) change(...random.pick(places))
  }
  return Buffer.from(JSON.stringify(copy))
}

function inserted(random: Random, body: Buffer, junk: Buffer): Buffer {
  const at = random.below(body.length + 1)
  return Buffer.concat([body.subarray(0, at), junk, body.subarray(at)])
}

const nested = (random: Random) => {
  const depth = random.pick([9, 10, 100, 5000, 40_000])
  const [open, close] = random.pick([
    ['[', ']'],
    ['{"a":', '}'],
    ['{"key":', '}'],
    ["{'a':", '}'],
  ])
  const end = open.startsWith('{') ? '1' : ''
  return open.repeat(depth) + end + (random.chance(0.8) ? close.repeat(depth) : '')
}

const oddSegment = (random: Random) =>
  random.pick([
    '..',
    '.',
    '%2e%2e',
    '%2E',
    '%2f',
    '%5c',
    '%00',
    '%ff',
    '%c3%28',
    '%',
    '%zz',
    '',
    '~',
    ';a=b',
    'a b'.replace(' ', '%20'),
    'A'.repeat(127),
    'A'.repeat(128),
    'a'.repeat(5000),
    '%F0%9F%92%A5',
    'versions',
    'create',
    'deletedkeys',
    '0'.repeat(32),
    'F'.repeat(32),
    'storage',
    ...prototypeNames,
  ])

const oddQuery = (random: Random) =>
  random.pick([
    '',
    'api-version=',
    'api-version=7.6&api-version=7.5',
    'api%2Dversion=7.6',
    'api-version=9.9',
    'api-version=%00',
    'api-version=%ff',
    'API-VERSION=7.6',
    'api-version=7.6&maxresults=0',
    'api-version=7.6&maxresults=26',
    'api-version=7.6&maxresults=1e1',
    'api-version=7.6&maxresults=-1',
    `api-version=7.6&$skiptoken=${random.bytes(20).toString('base64url')}`,
    `api-version=7.6&$skiptoken=${Buffer.from('{"NextMarker":"../x","TargetLocation":0}').toString('base64url')}`,
    `api-version=7.6&$skiptoken=${Buffer.from('{"NextMarker":"zzz","TargetLocation":0}').toString('base64url')}`,
    `api-version=7.6&${'a=b&'.repeat(500)}`,
    '?&=&&==',
    '%',
  ])

const oddToken = (random: Random, token: string) =>
  random.pick([
    '',
    'Bearer',
    'Bearer ',
    'Bearer a',
    'Bearer a.b.c',
    'Bearer ..',
    `Basic ${token}`,
    `Bearer ${token}x`,
    `Bearer ${token} ${token}`,
    `Bearer ${token.slice(0, -4)}`,
    `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1]}.`,
    `Bearer ${'a'.repeat(6000)}`,
    `Bearer \u00ff${token}`,
  ])

const oddHeader = (random: Random): [string, string] =>
  random.pick<[string, string]>([
    ['x-http-method', random.pick(['GET', 'PUT', 'TRACE', '', 'PATCH', ...prototypeNames])],
    [
      'content-type',
      random.pick(['', 'text/plain', 'application/json; charset=utf-16', 'multipart/form-data', '/', 'a'.repeat(4000)]),
    ],
    ['content-encoding', random.pick(['gzip', 'br', 'none'])],
    ['x-ms-client-request-id', random.pick(['', '\t', 'a'.repeat(9000), '\u00ff\u0080', '<b>', '{"a":1}'])],
    ['accept', random.pick(['', 'text/html', '*/*;q=0', 'a'.repeat(4000)])],
    ['host', random.pick(['', 'a b', '[', 'evil.example', '127.0.0.1:99999', 'user@host', 'a/b', 'a'.repeat(3000)])],
    ['expect', random.pick(['100-continue', 'something'])],
    ['upgrade', 'websocket'],
    ['connection', random.pick(['upgrade', 'keep-alive, close', ''])],
    ['transfer-encoding', random.pick(['gzip', 'identity', 'chunked, chunked'])],
    ['content-length', random.pick(['-1', '1e3', '99999999999999999999', '+4', '0x10', ''])],
    ['x'.repeat(300), 'y'.repeat(random.pick([10, 20_000]))],
    ['no spaces', 'in names'],
    ['cookie', 'a=b; '.repeat(200)],
  ])

const tricks = {
  'broken JSON'(draft, random) {
    const { body } = draft
    draft.body = random.pick<() => Buffer>([
      () => body.subarray(0, random.below(body.length + 1)),
      () => inserted(random, body, random.bytes(1 + random.below(4))),
      () =>
        inserted(
          random,
          body,
          Buffer.from(random.pick(["'", '"', ',', ':', '{', '}', ']', '\\', '/*', 'NaN', '\u0000', '\ufeff'])),
        ),
      () => Buffer.concat([body, body]),
      () => Buffer.from(body.toString('utf8'), 'utf16le'),
      () => gzipSync(body),
      () => random.bytes(random.below(2000)),
      () =>
        Buffer.from(
          random.pick(['null', 'true', '1', '"a"', '[]', '[{}]', '""', ' ', "'".repeat(3000), '{,}', '{"a":1,,}']),
        ),
    ])()
  },
  'wrong types'(draft, random, json) {
    draft.body = changed(random, json, (holder, name) => {
      holder[name] = oddValue(random)
    })
  },
  'missing members'(draft, random, json) {
    draft.body = changed(random, json, (holder, name) => {
      delete holder[name]
    })
  },
  'members of another kind'(draft, random, json) {
    draft.body = changed(random, json, (holder) => {
      const name = random.pick([
        ...prototypeNames,
        'kty',
        'KTY',
        'key_hsm',
        'k',
        'n',
        'release_policy',
        'attributes',
        'tags',
        'x5c',
      ])
      Object.defineProperty(holder, name, {
        value: oddValue(random),
        enumerable: true,
        configurable: true,
        writable: true,
      })
    })
  },
  'bad base64'(draft, random, json) {
    draft.body = changed(random, json, (holder, name) => {
      holder[name] = oddBase64(random)
    })
  },
  'unknown algorithms'(draft, random, json) {
    draft.body = changed(random, json, (holder) => {
      holder[random.pick(['alg', 'enc', 'kty', 'crv', 'key_ops'])] = random.pick(algorithms)
    })
  },
  'deep nesting'(draft, random, json) {
    const deep = Buffer.from(nested(random))
    const outer =
      isJson(json) && random.chance(0.5) ? JSON.stringify({ ...json, deep: 0 }).replace(':0}', `:${deep}}`) : ''
    draft.body = outer ? Buffer.from(outer) : deep
  },
  'huge bodies'(draft, random) {
    const size = random.pick([256 * kib - 1, 256 * kib + 1, 400 * kib, 9 * kib * kib])
    draft.body = random.pick<() => Buffer>([
      () => Buffer.alloc(size, ' '),
      () => Buffer.from(`{"value":"${'A'.repeat(size)}"}`),
      () => Buffer.from(`{${'"a":1,'.repeat(size / 6)}"b":2}`),
      () => Buffer.alloc(size, '['),
    ])()
  },
  'path tricks'(draft, random) {
    const segments = draft.path.split('/')
    for (let times = 1 + random.below(2); times > 0; times -= 1) {
      const at = 1 + random.below(segments.length)
      segments.splice(at, random.below(2), oddSegment(random))
    }
    const path = segments.join(random.chance(0.1) ? '//' : '/')
    draft.path = random.pick([
      path,
      path,
      path.toUpperCase(),
      `${path}/`,
      `http://other.example${path}`,
      path.slice(1),
      '*',
      `/${path}#x`,
    ])
  },
  'query tricks'(draft, random) {
    draft.query = oddQuery(random)
  },
  'token tricks'(draft, random) {
    const [, value = ''] = draft.headers.find(([name]) => name === 'authorization') ?? []
    draft.headers = draft.headers.filter(([name]) => name !== 'authorization')
    if (random.chance(0.9)) draft.headers.push(['authorization', oddToken(random, value.slice('Bearer '.length))])
  },
  'header tricks'(draft, random) {
    for (let times = 1 + random.below(2); times > 0; times -= 1) draft.headers.push(oddHeader(random))
  },
  'method tricks'(draft, random) {
    draft.method = random.pick(['PUT', 'POST', 'OPTIONS', 'TRACE', 'HEAD', 'PROPFIND', 'get', 'FOO', 'QUERY'])
  },
} as const satisfies Record<string, Trick>

export const trickNames = Object.keys(tricks) as (keyof typeof tricks)[] // the table's own names

/** Plays one trick on a request, or two; one in fifteen stays as it was. */
export function spoil(draft: Draft, random: Random): Spoilt {
  const { body: json, ...rest } = draft
  const body = Buffer.from(json === undefined ? '' : JSON.stringify(json))
  const spoilt: Spoilt = { ...rest, headers: [...rest.headers], body, chunked: random.chance(0.2), tricks: [] }
  const times = random.chance(1 / 15) ? 0 : random.chance(0.25) ? 2 : 1
  for (let at = 0; at < times; at += 1) {
    const name = random.pick(trickNames)
    tricks[name](spoilt, random, json)
    spoilt.tricks.push(name)
  }
  return spoilt
}

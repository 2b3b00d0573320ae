import type { Random } from './random'

// What somebody forgot to think of, by the part of a request that it stands in.

export const kib = 1024
export const prototypeNames = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'valueOf']

/** Values that somebody forgot to think of. */
export function oddValue(random: Random): unknown {
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

export function oddBase64(random: Random): string {
  const text = random.bytes(random.below(60)).toString('base64')
  const at = random.below(text.length + 1)
  const junk = random.pick(['=', '==', '*', ' ', '\n', '%3D', '\u00ff', '.', '-_+/', 'A', '\\'])
  return text.slice(0, at) + junk + text.slice(at)
}

export const oddAlgorithms = [
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

export const nested = (random: Random) => {
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

export const oddSegment = (random: Random) =>
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

export const oddQuery = (random: Random) =>
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

export const oddToken = (random: Random, token: string) =>
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

export const oddHeader = (random: Random): [string, string] =>
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

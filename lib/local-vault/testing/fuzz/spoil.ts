import { gzipSync } from 'node:zlib'
import {
  kib,
  nested,
  oddAlgorithms,
  oddBase64,
  oddHeader,
  oddQuery,
  oddSegment,
  oddToken,
  oddValue,
  prototypeNames,
} from './odd-parts'
import type { Random } from './random'
import type { Draft } from './well-formed'

/** What goes over the wire. `chunked`: the body goes without its length. */
export type Spoilt = Omit<Draft, 'body'> & { body: Buffer; chunked: boolean; tricks: string[] }

type Trick = (draft: Spoilt, random: Random, json: unknown) => void

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
      holder[random.pick(['alg', 'enc', 'kty', 'crv', 'key_ops'])] = random.pick(oddAlgorithms)
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

import { expect, it } from 'vitest'
import { isAnythingRead } from './is-anything-read'
import type { HourSpan } from './views'

const span = (kind: HourSpan['kind']): HourSpan => ({
  ...{ kind, from: '2026-11-01T00:00:00.000Z', to: '2026-11-01T01:00:00.000Z', hours: 1 },
})
const nothing = { spans: [span('gap')], withoutFiles: [], filesWithoutHour: 0 }
const over = { isOpen: false, logNames: ['contoso'] }

it.each([
  ['a period of gaps alone', { ...over, reading: nothing }, false],
  ['an open period of a vault without any log', { isOpen: true, logNames: [], reading: nothing }, false],
  ['an open period whose hour is under way', { ...over, isOpen: true, reading: nothing }, true],
  ['an hour with a file', { ...over, reading: { ...nothing, spans: [span('gap'), span('read')] } }, true],
  ['a file that tells no hour', { ...over, reading: { ...nothing, filesWithoutHour: 1 } }, true],
  [
    'a source without files',
    {
      ...over,
      logNames: [],
      reading: { ...nothing, withoutFiles: [{ place: 'w', upTo: '2026-11-02T00:00:00.000Z' }] },
    },
    true,
  ],
])('%s', (_name, told, read) => {
  expect(isAnythingRead(told)).toBe(read)
})

import { describe, expect, it } from 'vitest'
import { readManifest } from './manifest'

const now = new Date('2026-11-22T12:00:00Z')
const head = ['file', 'name', 'operations', 'expiry', 'tags', 'expected']
const read = (lines: string[][], fileNames: string[], columns = head) =>
  readManifest([columns, ...lines], { fileNames, atMost: 5, now })

/** The problems of the one line. */
function problemsOf(line: string[], fileNames = ['a.pem']): string[] {
  const manifest = read([line], fileNames)
  if (!manifest.ok) throw new Error(manifest.error)
  const [first] = manifest.value.lines
  return first && 'problems' in first ? first.problems : []
}

describe('a manifest', () => {
  it('says of each file which key it becomes, whatever the order of its columns', () => {
    const columns = ['Name', ' FILE ', 'tags', 'operations', 'expiry']
    const lines = [
      ['pay-sign', 'a.pem', 'purpose=payments; owner=a=b', 'signing', '2027-01-31'],
      ['', '', '', '', ''],
      ['wrap', 'b.p12', '', 'wrapKey unwrapKey', '2027-01-31T08:00:00Z'],
    ]
    expect(read(lines, ['b.p12', 'a.pem', 'c.pem'], columns)).toEqual({
      ok: true,
      value: {
        lines: [
          {
            line: 2,
            file: 'a.pem',
            row: {
              file: 'a.pem',
              name: 'pay-sign',
              keyOps: ['sign', 'verify'],
              expiresAt: '2027-01-31T23:59:59.000Z',
              tags: { purpose: 'payments', owner: 'a=b' },
              expectedSha256: null,
            },
          },
          {
            line: 4,
            file: 'b.p12',
            row: {
              file: 'b.p12',
              name: 'wrap',
              keyOps: ['wrapKey', 'unwrapKey'],
              expiresAt: '2027-01-31T08:00:00.000Z',
              tags: {},
              expectedSha256: null,
            },
          },
        ],
        withoutLine: ['c.pem'],
        inReview: [],
      },
    })
  })

  it.each<[string, string[], RegExp]>([
    ['names no file', ['', 'n', 'sign'], /names no file/],
    ['names a file that is not there', ['b.pem', 'n', 'sign'], /no file b\.pem/],
    ['has a bad name', ['a.pem', 'pay_sign', 'sign'], /letters, digits and hyphens/],
    ['has no operations', ['a.pem', 'n', ''], /names no operations/],
    ['has an unknown operation', ['a.pem', 'n', 'sign=verify'], /no operation/],
    ['expires on no day', ['a.pem', 'n', 'sign', '2027-02-30'], /must be a day/],
    ['expires at a local time', ['a.pem', 'n', 'sign', '2027-02-03T10:00'], /must be a day/],
    ['has expired', ['a.pem', 'n', 'sign', '2026-11-21'], /is past/],
    ['expires beyond what can be told', ['a.pem', 'n', 'sign', '2040-01-01'], /up to 2038-01-19/],
    ['has a tag without a value', ['a.pem', 'n', 'sign', '', 'purpose'], /name=value/],
    ['has a tag twice', ['a.pem', 'n', 'sign', '', 'a=1;a=2'], /twice/],
    ['has a tag of ours', ['a.pem', 'n', 'sign', '', 'requires_review=false'], /set by Drawbridge/],
    ['expects no SHA-256', ['a.pem', 'n', 'sign', '', '', 'abc'], /64 hexadecimal/],
    ['has a comma too many', ['a.pem', 'n', 'sign', '', '', '', 'x'], /more cells/],
  ])('whose line %s says so at that line', (_what, line, words) => {
    expect(problemsOf(line)).toEqual([expect.stringMatching(words)])
  })

  it('tells all that is wrong with a line, and lets the other lines be', () => {
    const manifest = read(
      [
        ['x.pem', '!', ''],
        ['a.pem', 'n', 'sign'],
      ],
      ['a.pem'],
    )
    expect(
      manifest.ok && manifest.value.lines.map((line) => ('problems' in line ? line.problems.length : 'row')),
    ).toEqual([3, 'row'])
  })

  it('that uses a file, or in any case a name, twice says so at both lines', () => {
    const line = ['a.pem', 'n', 'sign']
    const both = [expect.stringMatching(/a\.pem stands on more/), expect.stringMatching(/name [nN] stands on more/)]
    expect(read([line, ['a.pem', 'N', 'sign']], ['a.pem'])).toMatchObject({
      value: { lines: [{ problems: both }, { problems: both }] },
    })
  })

  it('may be a saved result table: what arrived is skipped, what did not is followed', () => {
    const columns = [...head, 'state', 'reference', 'message', 'sent_sha256', 'public_key_sha256', 'check_value']
    const manifest = read(
      [
        ['a.pem', 'a', 'sign', '2020-01-01', '', '', 'In review', 'IMP-1', '', 'ab', 'cd', ''],
        ["'-b.pem", 'b', 'sign', '', '', '', 'Failed', '', 'No answer.', '', '', ''],
      ],
      ['a.pem', '-b.pem'],
      columns,
    )
    expect(manifest).toMatchObject({
      value: {
        lines: [{ line: 3, row: { file: '-b.pem' } }],
        withoutLine: [],
        inReview: [{ line: 2, file: 'a.pem', results: { reference: 'IMP-1', sent_sha256: 'ab' } }],
      },
    })
  })

  it('names files below the folder as any system writes them', () => {
    for (const written of ['sub\\e\u0301.pem', './sub/é.pem']) {
      expect(problemsOf([written, 'n', 'sign'], ['sub/é.pem']), written).toEqual([])
    }
  })

  it('can’t tell two files of one name apart', () => {
    expect(problemsOf(['a.pem', 'n', 'sign'], ['a.pem', 'a.pem'])).toEqual([expect.stringMatching(/2 files named/)])
  })

  it.each<[string, string[][], RegExp]>([
    ['nothing', [], /no column/],
    ['no lines', [head], /names no file/],
    ['an unknown column', [[...head, 'colour'], ['a']], /“colour” is no column/],
    [
      'a column less',
      [
        ['file', 'name'],
        ['a', 'b'],
      ],
      /no column “operations”/,
    ],
    ['a column twice', [[...head, 'name'], ['a']], /twice/],
    ['passphrases', [[...head, 'Passphrase'], ['a']], /holds no passphrases/],
    ['too many lines', [head, ...Array.from({ length: 6 }, () => ['a'])], /6 lines; 5 go at once/],
  ])('of %s is refused as a whole', (_what, cells, words) => {
    expect(readManifest(cells, { fileNames: [], atMost: 5, now })).toEqual({
      ok: false,
      error: expect.stringMatching(words),
    })
  })
})

import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ASVS_REQUIREMENTS } from './asvs-levels'
import { anchorsIn, headingsIn, pathsIn, requirementRows } from './security-page'

const page = readFileSync('SECURITY.md', 'utf8')
const rows = requirementRows(page)

describe('SECURITY.md', () => {
  it('names no file that is not there', () => {
    expect(pathsIn(page).length).toBeGreaterThan(100)
    expect(pathsIn(page).filter((path) => !existsSync(path))).toEqual([])
  })

  it('leads to its own headings only', () => {
    expect(anchorsIn(page).filter((anchor) => !headingsIn(page).includes(anchor))).toEqual([])
  })

  it('speaks of every requirement once, and of none that the standard does not have', () => {
    expect(ASVS_REQUIREMENTS).toHaveLength(255)
    expect(rows.flatMap(({ ids }) => ids).sort()).toEqual([...ASVS_REQUIREMENTS].sort())
  })

  it('gives each a status, and shows what it says is met', () => {
    for (const { ids, status, evidence } of rows) {
      expect(['met', 'partly', 'not met', 'not applicable'], ids.join()).toContain(status)
      if (status === 'met') expect(pathsIn(evidence).length + anchorsIn(evidence).length, ids.join()).toBeGreaterThan(0)
      if (status !== 'met') expect(evidence.length, `${ids.join()} says why`).toBeGreaterThan(10)
    }
  })

  it('counts what it says it counts', () => {
    const count = (status: string) =>
      rows.filter((row) => row.status === status).reduce((sum, { ids }) => sum + ids.length, 0)
    const said = /met (\d+), partly (\d+), not met (\d+), not applicable (\d+)/.exec(page)?.slice(1).map(Number)
    expect(said).toEqual(['met', 'partly', 'not met', 'not applicable'].map(count))
  })
})

describe('reading it', () => {
  it('takes a range for each of its members, and a cell with code for one cell', () => {
    expect(requirementRows('| V4.4.1–V4.4.3 | a | met | `lib/a.ts` |\n| V1.2.9 | b | partly | c |')).toEqual([
      { ids: ['V4.4.1', 'V4.4.2', 'V4.4.3'], status: 'met', evidence: '`lib/a.ts`' },
      { ids: ['V1.2.9'], status: 'partly', evidence: 'c' },
    ])
  })

  it('tells a path from an address, a command and a setting', () => {
    expect(
      pathsIn('`lib/a.ts`, `lib/b/`, `proxy.ts`, `/metrics`, `https://a.b/c`, `npm run sbom`, `DATABASE_URL`'),
    ).toEqual(['lib/a.ts', 'lib/b/', 'proxy.ts'])
  })
})

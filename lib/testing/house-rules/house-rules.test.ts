import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findBreaches, HOUSE_RULES } from './house-rules'

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter(Boolean)

/** The project's own, what its tools insist on, and three documents. */
const TOP_LEVEL = [
  ...['.ci', 'app', 'components', 'e2e', 'lib', 'prisma', 'public', 'scripts'],
  ...['.dependency-cruiser.cjs', '.env.example', '.gitignore', 'biome.json', 'instrumentation-client.ts'],
  ...['instrumentation.ts', 'knip.json', 'next.config.js', 'package-lock.json', 'package.json', 'playwright.config.ts'],
  ...['postcss.config.mjs', 'tailwind.config.ts', 'tsconfig.json', 'vitest.config.ts'],
  ...['ARCHITECTURE.md', 'README.md', 'SECURITY.md'],
]

describe('the house rules', () => {
  it('let nothing into the top level that has no place there', () => {
    const kept = execFileSync('git', ['ls-files', '--cached'], { encoding: 'utf8' }).split('\n').filter(Boolean)
    const top = new Set(kept.map((path) => path.split('/')[0]))
    expect([...top].sort()).toEqual([...TOP_LEVEL].sort())
  })

  it('hold in every file of the checkout', () => {
    const breaches = files.flatMap((path) => findBreaches(path, readFileSync(path, 'utf8')))
    expect(breaches).toEqual([])
  })

  it('each have files to look at', () => {
    for (const { name, appliesTo } of HOUSE_RULES) expect(files.filter(appliesTo).length, name).toBeGreaterThan(0)
  })

  it.each([
    ['app/(console)/keks/actions.ts', "'use server'\nexport async function deleteAll() {}"],
    ['app/(console)/keks/actions.ts', "'use server'\nexport const x = async () => 1"],
    ['app/(console)/keks/page.tsx', "import x from 'x'\n'use server'\n"],
    ['lib/server/keks/new.ts', "import { x } from 'x'"],
    ['lib/domain/keys/new.ts', 'const secret = process.env.SECRET'],
    ['app/(console)/new/page.tsx', "'use client'\nexport default function Page() {}"],
    ['components/keys/new.tsx', '<p dangerouslySetInnerHTML={{ __html: name }} />'],
    ['lib/providers/new.ts', "import { exec } from 'node:child_process'"],
    ['lib/server/keys/new.ts', "import 'server-only'\nawait tx.$queryRawUnsafe('SELECT ' + name)"],
    ['components/keys/new.tsx', '<Link href="/keys">Keys</Link>'],
    ['components/keys/new.tsx', '<Link href={`/keys/$' + '{id}`}>Key</Link>'],
  ])('find a planted breach in %s', (path, text) => {
    expect(findBreaches(path, text)).toHaveLength(1)
  })
})

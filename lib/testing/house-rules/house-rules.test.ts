import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findBreaches, HOUSE_RULES } from './house-rules'

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter(Boolean)

describe('the house rules', () => {
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

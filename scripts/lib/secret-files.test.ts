import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSecret, SECRET_SETTINGS, unlessInFile, withSecretsFromFiles } from './secret-files.mjs'
import { readSettings, wrongSettings } from './settings.mjs'

let folder: string
const file = (name: string, content: string) => {
  const place = path.join(folder, name)
  writeFileSync(place, content)
  return place
}

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'secret-files-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a secret in a file', () => {
  it.each(SECRET_SETTINGS)('%s is read from the file that its _FILE names, without the line end', (name) => {
    const place = file(name, 'postgres://u:p@h/d\n')
    expect(withSecretsFromFiles({ [`${name}_FILE`]: place, [name]: '' })).toMatchObject({
      env: { [name]: 'postgres://u:p@h/d' },
      problems: [],
    })
  })

  it('keeps spaces, which a password may begin or end with', () => {
    expect(readSecret({ X_FILE: file('spaces', ' a b \r\n') }, 'X')).toEqual({ ok: true, value: ' a b ' })
  })

  it('is judged as if it stood in the environment, and its content is never repeated', () => {
    const problems = wrongSettings({ NEXTAUTH_SECRET_FILE: file('short', 'too-short-word') })
    expect(problems.map(({ name }) => name)).toEqual(['NEXTAUTH_SECRET'])
    expect(JSON.stringify(problems)).not.toContain('too-short-word')
  })

  it('gives the database’s address to the launcher', () => {
    const settings = readSettings({ DATABASE_URL_FILE: file('url', 'postgres://u:p@h:5432/d\n') })
    expect(settings.ok && settings.value.databaseUrl).toBe('postgres://u:p@h:5432/d')
  })

  it.each([
    ['is not there', () => path.join(folder, 'nowhere')],
    ['is a folder', () => folder],
    ['is empty', () => file('empty', '\n')],
    ['is no secret’s size', () => file('large', 'x'.repeat(70_000))],
  ])('that %s is named by its setting, and what it should be', (_title, place) => {
    expect(wrongSettings({ NEXTAUTH_SECRET_FILE: place() })).toMatchObject([
      { name: 'NEXTAUTH_SECRET_FILE', should: expect.stringContaining('a file') },
    ])
  })

  it('and in the environment too is one too many', () => {
    const both = { NEXTAUTH_SECRET: 'x'.repeat(32), NEXTAUTH_SECRET_FILE: file('both', 'y'.repeat(32)) }
    expect(wrongSettings(both)).toEqual([
      { name: 'NEXTAUTH_SECRET_FILE', should: 'left out when NEXTAUTH_SECRET is set' },
    ])
  })

  it('is handed to a child process as the file’s path alone', () => {
    expect(unlessInFile({ X_FILE: '/run/secrets/x' }, 'X', 'value')).toBeUndefined()
    expect(unlessInFile({ X_FILE: '' }, 'X', 'value')).toBe('value')
  })
})

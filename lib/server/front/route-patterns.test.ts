import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readRoutePatterns } from './route-patterns'

const folder = mkdtempSync(path.join(tmpdir(), 'drawbridge-patterns-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a path’s route', () => {
  const file = path.join(folder, 'routes-manifest.json')
  writeFileSync(
    file,
    JSON.stringify({
      staticRoutes: [{ page: '/keys', regex: '^/keys(?:/)?$' }],
      dynamicRoutes: [{ page: '/keys/[connection]/[name]', regex: '^/keys/([^/]+?)/([^/]+?)(?:/)?$' }],
    }),
  )
  const patternOf = readRoutePatterns(file)

  it.each([
    ['/keys', '/keys'],
    ['/keys/0b0e/payments-signing', '/keys/[connection]/[name]'],
    ['/_next/static/chunks/a.js', '/_next/static'],
    ['/wp-login.php', 'unknown'],
    ['/keys/a/b/c', 'unknown'],
    ['', 'unknown'],
  ])('%j is %s: no name that somebody typed is in it', (asked, pattern) => {
    expect(patternOf(asked)).toBe(pattern)
  })
})

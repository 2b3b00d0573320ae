import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const ROOTS = ['components', 'app']

/** Draws an SVG on the server, where React may cut it in two; the policy refuses the style of the late piece. */
const mayBeCut = (source: string) => source.includes('<svg') && !source.startsWith("'use client'")

// What broke: the audit page, long enough to be sent in pieces, now and then violated style-src.
it('every SVG is drawn whole, by a client component', () => {
  const files = ROOTS.flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.tsx'))
      .map((file) => path.join(root, file)),
  )
  expect(files.length).toBeGreaterThan(50)
  expect(files.filter((file) => mayBeCut(readFileSync(file, 'utf8')))).toEqual([])
})

it('one drawn by the server would be found', () => {
  expect(mayBeCut('export const Dot = () => <svg><circle r="1" /></svg>')).toBe(true)
})

import { expect, it } from 'vitest'
import { type ChosenFile, chosenFrom, sortChosen } from './chosen-files'

/** As an input with `webkitdirectory` gives it. */
function inFolder(path: string): File {
  const file = new File([], path.split('/').at(-1) ?? '')
  return Object.defineProperty(file, 'webkitRelativePath', { value: path })
}
const file = (name: string): ChosenFile => ({ name, file: new File([], name) })

it('a chosen folder’s own name is no part of a file’s', () => {
  const names = chosenFrom([inFolder('keys/sub/e\u0301.pem'), inFolder('keys/a-10.pem'), inFolder('keys/a-2.pem')]).map(
    ({ name }) => name,
  )
  expect(names).toEqual(['a-2.pem', 'a-10.pem', 'sub/é.pem'])
})

it('what systems leave in folders is left out, and one table among the files is their manifest', () => {
  const sorted = sortChosen(['.DS_Store', 'a.pem', '.git/config', 'sub/Thumbs.db', 'm.CSV'].map(file))
  expect(sorted.keys.map(({ name }) => name)).toEqual(['a.pem'])
  expect(sorted.manifest?.name).toBe('m.CSV')
  expect(sorted.leftOut).toEqual(['.DS_Store', '.git/config', 'sub/Thumbs.db'])
})

it('of two tables neither is taken for the manifest', () => {
  expect(sortChosen(['a.csv', 'b.csv'].map(file))).toMatchObject({ manifest: null, leftOut: ['a.csv', 'b.csv'] })
})

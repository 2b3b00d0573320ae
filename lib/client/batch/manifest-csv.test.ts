import { expect, it } from 'vitest'
import { readManifestCells } from './manifest-csv'

const read = (...parts: BlobPart[]) => readManifestCells(new Blob(parts))

it.each([
  ['commas', 'file,name\na.pem,"x, ""y"""\n'],
  ['a mark and CRLF', '\uFEFFfile,name\r\na.pem,"x, ""y"""\r\n'],
  ['semicolons', 'file;name\r\na.pem;"x, ""y"""'],
  ['tabs', 'file\tname\na.pem\t"x, ""y"""'],
])('a manifest with %s has its cells', async (_what, text) => {
  const cells = await read(text)
  expect(cells.ok && cells.value.slice(0, 2)).toEqual([
    ['file', 'name'],
    ['a.pem', 'x, "y"'],
  ])
})

it('tags with semicolons do not make a table by commas one by semicolons', async () => {
  const cells = await read('file,name,tags\na.pem,a,x=1; y=2; z=3; w=4\n')
  expect(cells.ok && cells.value[1]).toEqual(['a.pem', 'a', 'x=1; y=2; z=3; w=4'])
})

it('what is no UTF-8, no CSV or too large is told in words', async () => {
  expect(await read(new Uint8Array([0xff, 0xfe, 0x66, 0]))).toMatchObject({ error: expect.stringMatching(/UTF-8/) })
  expect(await read('file,name\n"a,b\n')).toMatchObject({ error: expect.stringMatching(/^Line 2 is no CSV/) })
  expect(await read('x'.repeat(1024 * 1024 + 1))).toMatchObject({ error: expect.stringMatching(/larger/) })
})

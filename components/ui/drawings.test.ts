import { expect, it } from 'vitest'
import { z } from 'zod'
import { DRAWINGS } from './drawings'

const icon = z.object({
  __iconData: z.object({ node: z.array(z.tuple([z.string(), z.record(z.string(), z.string())])) }),
})

/** lucide's own paths of an icon, as they stand in a longer one: a relative beginning would go on from the end before. */
async function pathsOf(name: string): Promise<string[]> {
  const { __iconData } = icon.parse(await import(`../../node_modules/lucide-react/dist/esm/icons/${name}.mjs`))
  const paths = __iconData.node.flatMap(([tag, { d }]) => (tag === 'path' && d ? [d] : []))
  return paths.map((d) => d.replace(/^m([\d.]+) ([\d.]+) ?/, 'M$1 $2l'))
}

it.each(Object.entries(DRAWINGS))('%s is drawn as lucide draws it', async (name, path) => {
  const paths = await pathsOf(name)
  expect(paths.length).toBeGreaterThan(0)
  for (const part of paths) expect(path).toContain(part)
  expect(path).not.toContain('m')
})

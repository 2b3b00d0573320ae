import { afterEach, describe, expect, it, vi } from 'vitest'
import { captureConsole } from './capture-console'

describe('what packages print', () => {
  const before = { ...console }
  afterEach(() => {
    Object.assign(console, before)
    vi.restoreAllMocks()
  })

  it('becomes a line of the log, with an error’s kind, places and number, and without anybody’s words', () => {
    const lines: string[] = []
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => lines.push(String(chunk)) > 0)
    captureConsole()
    console.error('⨯', Object.assign(new RangeError('the password was hunter2'), { digest: '2338473' }))
    console.warn('hunter2', { cookie: 'hunter2' })
    console.error(Object.assign(new Error('x'), { digest: 'NEXT_REDIRECT;replace;/keys?q=hunter2;307;' }))
    expect(lines.join('')).not.toMatch(/hunter2|password/)
    const told = lines.map((line) => JSON.parse(line))
    expect(told).toEqual([
      expect.objectContaining({ level: 'error', event: 'library', name: 'RangeError', digest: '2338473' }),
      { time: expect.any(String), level: 'warn', event: 'library', where: 'console' },
      expect.not.objectContaining({ digest: expect.anything() }),
    ])
    expect(told[0].at[0]).toMatch(/^at .*capture-console\.test\.ts/)
  })
})

import { createHttpHeaders, type HttpClient } from '@azure/core-rest-pipeline'
import { describe, expect, it } from 'vitest'
import { analyticsSource, TooDense } from './analytics-source'
import type { LogPage } from './log-source'

const credential = { getToken: async () => ({ token: 'a-token', expiresOnTimestamp: Date.now() + 3_600_000 }) }
const from = new Date('2026-11-01T00:00:00Z')
const to = new Date('2026-11-22T00:00:00Z')

interface Answer {
  status?: number
  headers?: Record<string, string>
  body: unknown
}

/** A workspace whose answers are given, and how often it was asked. */
function workspaceOf(answer: (query: string) => Answer, now?: () => number) {
  const queries: string[] = []
  const httpClient: HttpClient = {
    async sendRequest(request) {
      const { query } = JSON.parse(String(request.body))
      queries.push(query)
      const { status = 200, headers = {}, body } = answer(query)
      return { request, status, headers: createHttpHeaders(headers), bodyAsText: JSON.stringify(body) }
    },
  }
  const workspace = '00000000-0000-4000-8000-000000000000'
  const endpoint = 'https://api.loganalytics.io'
  const source = analyticsSource({ workspace, endpoint, credential, client: { httpClient }, ...(now && { now }) })
  return { source, queries }
}

const tableOf = (rows: unknown[][]) => ({
  name: 'PrimaryResult',
  columns: [
    { name: 'TimeGenerated', type: 'datetime' },
    { name: 'CorrelationId', type: 'string' },
  ],
  rows,
})

/** What the service does with the query's own times and its number of rows. */
function answerFrom(times: readonly number[]) {
  return (query: string): Answer => {
    const [first = 0, last = 0] = [...query.matchAll(/datetime\((.+?)\)/g)].map(([, at = '']) => Date.parse(at))
    const rows = times.flatMap((at, id) =>
      at >= first && at <= last ? [[new Date(at).toISOString(), `call-${id}`]] : [],
    )
    return { body: { tables: [tableOf(rows.slice(0, Number(/\| top (\d+) by/.exec(query)?.[1])))] } }
  }
}

async function seen(pages: AsyncIterable<LogPage>) {
  const calls = new Set<unknown>()
  const marks: string[] = []
  for await (const { rows, readTo } of pages) {
    for (const { CorrelationId } of rows) calls.add(CorrelationId)
    marks.push(readTo.toISOString())
  }
  return { calls, marks }
}

describe('a workspace', () => {
  it('is asked page by page, also across a millisecond that fills more than a page', async () => {
    const start = from.getTime()
    const times = Array.from({ length: 20_000 }, (_, at) => start + Math.min(at, 4_000) + Math.max(0, at - 16_000))
    const { source, queries } = workspaceOf(answerFrom(times))
    const { calls, marks } = await seen(source.ask(from, to))
    expect(calls.size).toBe(times.length)
    expect(marks.at(-1)).toBe(to.toISOString())
    expect(queries.length).toBeLessThan(8)
  })

  it('that has more within a millisecond than can be asked for is told as such, and never passed over', async () => {
    const { source } = workspaceOf(answerFrom(Array.from({ length: 100_000 }, () => from.getTime())))
    await expect(seen(source.ask(from, to))).rejects.toBeInstanceOf(TooDense)
  })

  it('that answers in part gives what it has, moves no mark, and fails', async () => {
    const body = {
      tables: [tableOf([['2026-11-02T00:00:00Z', 'call-1']])],
      error: { code: 'PartialError', message: '' },
    }
    const pages = workspaceOf(() => ({ body })).source.ask(from, to)
    const taken: LogPage[] = []
    const all = async () => {
      for await (const page of pages) taken.push(page)
    }
    await expect(all()).rejects.toMatchObject({ name: 'PartialAnswer' })
    expect(taken).toMatchObject([{ rows: [{ CorrelationId: 'call-1' }], readTo: from }])
  })

  it('that throttles is left alone for as long as it says, and asked again then', async () => {
    let now = 0
    let busy = true
    const error = { code: 'ThrottledError', message: 'Too many requests.' }
    const { source, queries } = workspaceOf(
      (query) =>
        busy
          ? { status: 429, headers: { 'retry-after': '120' }, body: { error } }
          : answerFrom([from.getTime()])(query),
      () => now,
    )
    await expect(seen(source.ask(from, to))).rejects.toMatchObject({ statusCode: 429 })
    busy = false
    now = 119_000
    await expect(seen(source.ask(from, to))).rejects.toMatchObject({ name: 'Throttled' })
    expect(queries).toHaveLength(1)
    now = 120_000
    expect((await seen(source.ask(from, to))).calls).toEqual(new Set(['call-0']))
  })

  it('of longer ago is asked a month at a time', async () => {
    const { source, queries } = workspaceOf(answerFrom([]))
    const { marks } = await seen(source.ask(new Date('2025-11-22T00:00:00Z'), to))
    expect(marks.at(-1)).toBe(to.toISOString())
    expect(queries).toHaveLength(12)
  })
})

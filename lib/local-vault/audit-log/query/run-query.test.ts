import { describe, expect, it } from 'vitest'
import { parseQuery } from './parse-query'
import { runQuery } from './run-query'
import type { Table, Value } from './table'

const now = new Date('2026-11-22T12:00:00Z')

function tableOf(types: Record<string, Table['columns'][number]['type']>, rows: Record<string, Value>[]): Table {
  const columns = Object.entries(types).map(([name, type]) => ({ name, type }))
  return { columns, rows: rows.map((row) => new Map(Object.entries(row))) }
}

const tables = new Map([
  [
    'Calls',
    tableOf({ At: 'datetime', Name: 'string', Status: 'int', Who: 'dynamic', Ok: 'bool' }, [
      { At: new Date('2026-11-22T09:00:00Z'), Name: 'KeyGet', Status: 200, Who: { claim: { appid: 'a' } }, Ok: true },
      { At: new Date('2026-11-22T10:00:00Z'), Name: 'KeyList', Status: 403, Who: { claim: { appid: 'b' } }, Ok: false },
      { At: new Date('2026-11-22T11:30:00Z'), Name: 'keyget', Status: 404, Who: null, Ok: null },
    ]),
  ],
  ['Others', tableOf({ At: 'datetime', Status_d: 'real' }, [{ At: new Date('2026-11-22T11:00:00Z'), Status_d: 200 }])],
])

function ask(query: string): Value[][] {
  const { columns, rows } = runQuery(parseQuery(query), tables, now)
  return rows.map((row) => columns.map(({ name }) => row.get(name) ?? null))
}

const namesOf = (condition: string) => ask(`Calls | where ${condition} | project Name`).flat()

describe('where', () => {
  it.each([
    ["Name == 'KeyGet'", ['KeyGet']],
    ["Name =~ 'KEYGET'", ['KeyGet', 'keyget']],
    ["Name != 'KeyGet'", ['KeyList', 'keyget']],
    ["Name !~ 'keyget'", ['KeyList']],
    ['Name startswith "key"', ['KeyGet', 'KeyList', 'keyget']],
    ['Name startswith_cs "key"', ['keyget']],
    ["Name !startswith 'keyg'", ['KeyList']],
    ["Name endswith 'GET'", ['KeyGet', 'keyget']],
    ["Name contains 'yl'", ['KeyList']],
    ["Name has 'key'", []],
    ["'GET /keys/a' has 'keys' and Status == 200", ['KeyGet']],
    ["Name in ('KeyGet', 'KeyList')", ['KeyGet', 'KeyList']],
    ["Name in~ ('keyget')", ['KeyGet', 'keyget']],
    ["Name !in ('KeyGet')", ['KeyList', 'keyget']],
    ['Status >= 400 and Status < 404', ['KeyList']],
    ['Status == 200 or Status == 404', ['KeyGet', 'keyget']],
    ['Status between (200 .. 403)', ['KeyGet', 'KeyList']],
    ['Status == 403 or Status == 200 and Ok', ['KeyGet', 'KeyList']],
    ['(Status == 403 or Status == 200) and Ok', ['KeyGet']],
    ['not(Ok)', ['KeyList', 'keyget']],
    ['isnull(Ok)', ['keyget']],
    ["Who.claim.appid == 'b'", ['KeyList']],
    ['tostring(Who.claim["appid"]) =~ "A"', ['KeyGet']],
    ['isempty(tostring(Who.claim.appid))', ['keyget']],
    ['At > ago(1h)', ['keyget']],
    ['At >= datetime(2026-11-22T10:00:00Z) and At < now() - 1h', ['KeyList']],
    ['At between (datetime("2026-11-22T10:00:00Z") .. now())', ['KeyList', 'keyget']],
    ["column_ifexists('Nothing', 'x') == 'x' and column_ifexists('Status', 0) == 200", ['KeyGet']],
    ["coalesce(tostring(Who.claim.appid), 'none') == h'none'", ['keyget']],
    ["Name == @'KeyGet' // a remark\n", ['KeyGet']],
  ])('%s', (condition, names) => expect(namesOf(condition)).toEqual(names))
})

describe('the other operators', () => {
  it('project names, renames and reckons; extend adds', () => {
    expect(
      ask('Calls | take 1 | project Name, Code = toint(Status), Who.claim.appid | extend Upper = toupper(Name)'),
    ).toEqual([['KeyGet', 200, 'a', 'KEYGET']])
    const { columns } = runQuery(parseQuery('Calls | project Name, Code = Status, Who.claim.appid'), tables, now)
    expect(columns).toEqual([
      { name: 'Name', type: 'string' },
      { name: 'Code', type: 'int' },
      { name: 'Who_claim_appid', type: 'dynamic' },
    ])
  })

  it('order by is descending unless told otherwise; top, take, count and distinct', () => {
    expect(ask('Calls | order by At | project Status').flat()).toEqual([404, 403, 200])
    expect(ask('Calls | sort by Status asc | project Status').flat()).toEqual([200, 403, 404])
    expect(ask('Calls | top 1 by Status | project Status').flat()).toEqual([404])
    expect(ask('Calls | limit 2 | count').flat()).toEqual([2])
    expect(ask('Calls | distinct tolower(Name)').flat()).toEqual(['keyget', 'keylist'])
  })

  it('union has all columns, and if fuzzy leaves out the tables that are not there', () => {
    expect(ask('union isfuzzy=true Calls, Others, Missing | order by At asc | project Status, Status_d')).toEqual([
      [200, null],
      [403, null],
      [null, 200],
      [404, null],
    ])
    expect(
      ask(
        'union isfuzzy=true (Calls | project At, Code = toreal(Status)), (Others | project At, Code = Status_d), (Missing | where A == 1) | count',
      ),
    ).toEqual([[4]])
    expect(() => ask('union Calls, Missing')).toThrow("'Missing' names no table")
    expect(() => ask('union isfuzzy=true Missing, Absent')).toThrow('None of the tables')
  })
})

describe('everything else is refused with what is wrong', () => {
  it.each([
    ['', 'ends too early|is expected'],
    ['Calls | summarize count() by Name', '"summarize" is not supported'],
    ['Calls | join Others on At', '"join" is not supported'],
    ['Missing', "'Missing' names no table"],
    ['Calls | where Nothing == 1', "'Nothing' names no column"],
    ['Calls | project Nothing', "'Nothing' names no column"],
    ["Calls | where Status == 'x'", 'types int and string'],
    ['Calls | where Status', 'takes a condition'],
    ["Calls | where Status contains '4'", 'compares text'],
    ['Calls | where Name matches regex "a"', 'is not expected'],
    ['Calls | where system("x") == 1', "'system' is not known"],
    ['Calls | where constructor("x") == 1', "'constructor' is not known"],
    ['Calls | take many', 'whole number'],
    ['Calls | where Name == "open', 'could not be parsed'],
    ['let x = 1; Calls', 'could not be parsed|not expected'],
    ['Calls where', 'not expected'],
    [`Calls | where ${'('.repeat(200)}Ok${')'.repeat(200)}`, 'nested too deeply'],
    [`Calls | where ${'-'.repeat(200)}1 == 1`, 'nested too deeply'],
    [`Calls | where Name in (${"'x',".repeat(3000)}'y')`, 'too long'],
    ['x'.repeat(20_000), 'too long'],
    ['Calls | where At > datetime(yesterday)', 'datetime literal'],
    ['Calls | where Status.a == 1', 'has members'],
  ])('%s', (query, problem) => {
    expect(() => ask(query)).toThrow(new RegExp(problem))
  })

  it('also where there are no rows', () => {
    expect(() => ask('Calls | take 0 | where Nothing == 1')).toThrow('names no column')
  })

  it('of a dynamic value gives own members alone', () => {
    expect(ask('Calls | take 1 | project Who.constructor, Who.claim.toString').flat()).toEqual([null, null])
  })
})

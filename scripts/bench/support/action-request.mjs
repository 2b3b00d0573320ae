import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** React's own encoding of an action's arguments, from the copy that the build uses. */
const { encodeReply } = createRequire(import.meta.url)('next/dist/compiled/react-server-dom-webpack/client.edge')

/**
 * The build's own list of its actions.
 * @param {string} checkout @param {string} name as exported
 */
export function findAction(checkout, name) {
  const file = path.join(checkout, '.next/server/server-reference-manifest.json')
  /** @type {Record<string, { exportedName: string, workers: Record<string, unknown> }>} */
  const known = JSON.parse(readFileSync(file, 'utf8')).node
  const found = Object.entries(known).find(([, { exportedName }]) => exportedName === name)
  const page = Object.keys(found?.[1].workers ?? {})[0]
  if (!found || !page) throw new Error(`the build knows no action ${name}`)
  const route = page.replace(/^app/, '').replaceAll(/\/\([^)]*\)/g, '')
  return { id: found[0], path: route.replace(/\/page$/, '').replaceAll(/\[[^\]]*\]/g, randomUUID()) || '/' }
}

/**
 * One call of an action as a page sends it.
 * @param {{ id: string, path: string }} action @param {unknown} input
 * @param {{ origin: string, cookie: string, idempotencyKey?: string }} from
 */
export async function actionRequest({ id, path: page }, input, { origin, cookie, idempotencyKey = randomUUID() }) {
  const encoded = new Response(await encodeReply([{ idempotencyKey, input }]))
  const headers = {
    'next-action': id,
    accept: 'text/x-component',
    'content-type': encoded.headers.get('content-type') ?? 'text/plain',
    'sec-fetch-site': 'same-origin',
    host: new URL(origin).host,
    origin,
    cookie,
  }
  return { kind: 'action', method: 'POST', path: page, headers, body: Buffer.from(await encoded.arrayBuffer()) }
}

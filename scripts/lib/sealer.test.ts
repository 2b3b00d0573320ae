import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stopBundler } from './bundle.mjs'
import { sealerHtml } from './sealer.mjs'

const checkout = path.resolve('.')
const parent = mkdtempSync(path.join(tmpdir(), 'drawbridge-sealer-'))

/** The sources as another machine would have them, elsewhere. */
function copyTo(folder: string): string {
  const root = path.join(parent, folder)
  for (const part of ['lib/client', 'lib/crypto', 'lib/domain', 'app/globals.css', 'package.json']) {
    mkdirSync(path.dirname(path.join(root, part)), { recursive: true })
    cpSync(path.join(checkout, part), path.join(root, part), { recursive: true })
  }
  symlinkSync(path.join(checkout, 'node_modules'), path.join(root, 'node_modules'))
  return root
}

const digest = (text: string) => createHash('sha256').update(text).digest('base64')

let html: string

beforeAll(async () => {
  html = await sealerHtml(checkout)
}, 60_000)

afterAll(async () => {
  await stopBundler()
  rmSync(parent, { recursive: true })
})

describe('the offline sealer’s file', () => {
  it('is the same in every byte wherever it is built', { timeout: 60_000 }, async () => {
    const [one, other] = [copyTo('a'), copyTo('somewhere else/much/deeper')]
    expect(digest(await sealerHtml(one))).toBe(digest(html))
    expect(digest(await sealerHtml(other))).toBe(digest(html))
  })

  it('holds no place and no map of where it was built', () => {
    expect(html).not.toContain(checkout)
    expect(html).not.toContain('sourceMappingURL')
    expect(html).not.toContain('node_modules')
  })

  it('holds no word by which a program reaches out: what a policy can’t forbid is not in it', () => {
    const outward =
      /RTCPeerConnection|WebTransport|WebSocket|XMLHttpRequest|EventSource|sendBeacon|serviceWorker|importScripts|\bfetch\(|window\.open|\blocation\b|\bnew Function\b/
    expect(outward.exec(html)?.[0]).toBeUndefined()
  })

  it('allows exactly its own script and style, and no connection', () => {
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html)?.[1]
    const script = /<script>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? ''
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? ''
    expect(policy?.split('; ')).toEqual([
      "default-src 'none'",
      `script-src 'sha256-${digest(script)}'`,
      `style-src 'sha256-${digest(style)}'`,
      'worker-src blob:',
      "base-uri 'none'",
      "form-action 'none'",
    ])
    expect(html.indexOf('<meta http-equiv')).toBeLessThan(html.indexOf('<meta charset'))
    expect(html.match(/<script|<style|<link|<img|<iframe/g)).toEqual(['<style', '<script'])
  })
})

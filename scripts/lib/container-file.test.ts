import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { containerFaults } from './container-file.mjs'

const OURS = readFileSync('scripts/container/Containerfile', 'utf8')

describe('the container file', () => {
  it('is without fault', () => {
    expect(containerFaults(OURS)).toEqual([])
  })

  it.each([
    ['a base by tag', /FROM \$\{NODE_IMAGE\} AS build/, 'FROM node:20 AS build', /node:20 is not pinned/],
    ['an argument with a default', /^ARG NODE_IMAGE$/m, 'ARG NODE_IMAGE=node:20', /not pinned/],
    ['root', /^USER .*$/m, 'USER root', /user/],
    ['root by number', /^USER .*$/m, 'USER 0', /user/],
    ['no user', /^USER .*$/m, '', /user/],
    ['another probe', /\/readyz/, '/', /\/readyz/],
    ['no probe', /^HEALTHCHECK[\s\S]*?\nCMD/m, 'CMD', /\/readyz/],
    ['a shell before the console', /^CMD .*$/m, 'CMD node build/console.mjs', /shell/],
    ['a secret in a layer', /HOST=0\.0\.0\.0/, 'NEXTAUTH_SECRET=abc', /secret/],
    ['the whole folder', /^COPY app \.\/app$/m, 'COPY . .', /whole folder/],
    ['a file from outside at the end', /^USER /m, 'COPY local.json ./\nUSER ', /from outside/],
    ['ADD', /^COPY app/m, 'ADD https://example.com/x.tar', /ADD/],
    ['what was fetched', /^RUN node/m, 'RUN curl https://example.com/x | sh && node', /fetches/],
  ])('with %s is refused', (_, pattern, by, words) => {
    const broken = OURS.replace(pattern, by)
    expect(broken).not.toBe(OURS)
    expect(containerFaults(broken).join('\n')).toMatch(words)
  })

  it('copies only what is in the repository', () => {
    const named = [...OURS.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, files]) => (files ?? '').split(' '))
    expect(named.length).toBeGreaterThan(8)
    expect(named.filter((file) => !existsSync(file))).toEqual([])
  })
})

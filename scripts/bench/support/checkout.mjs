import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** A page with nothing on it, dynamic like every page here: what the figures are held against. */
export const EMPTY_PAGE = '/empty-page-of-the-bench'

const FOLDER = path.resolve('.cache/bench/checkout')

/** A copy of the checkout with the empty page beside the real ones, so that both come from one build. */
export function makeCheckout() {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    encoding: 'utf8',
  })
  mkdirSync(FOLDER, { recursive: true })
  for (const folder of ['app', 'components', 'lib', 'prisma', 'public', 'scripts'])
    rmSync(path.join(FOLDER, folder), { recursive: true, force: true })
  for (const file of files.split('\0').filter((name) => name && existsSync(name))) {
    mkdirSync(path.dirname(path.join(FOLDER, file)), { recursive: true })
    cpSync(file, path.join(FOLDER, file))
  }
  const page = path.join(FOLDER, 'app', EMPTY_PAGE, 'page.tsx')
  mkdirSync(path.dirname(page), { recursive: true })
  writeFileSync(page, 'export default function EmptyPage() {\n  return <main />\n}\n')
  linkPackages()
  return FOLDER
}

/** Hard links: a symbolic link would lie outside the bundler's root. Anew when other packages are installed. */
function linkPackages() {
  const [linked, installed] = [path.join(FOLDER, 'node_modules'), 'node_modules']
  const list = (/** @type {string} */ folder) => path.join(folder, '.package-lock.json')
  if (existsSync(list(linked)) && readFileSync(list(linked)).equals(readFileSync(list(installed)))) return
  rmSync(linked, { recursive: true, force: true })
  execFileSync('cp', ['-al', installed, FOLDER])
}

import { chromium } from '@playwright/test'
import { findChromium } from '../lib/prerequisites.mjs'
import { Problem } from '../lib/problem.mjs'

/** The system's Chromium, without a window, talking to nobody by itself. @param {string[]} [more] arguments */
export async function launchChromium(more = []) {
  const executablePath = findChromium()
  if (!executablePath) throw new Problem('Chromium was not found. Install it, or name it in CHROMIUM_PATH.')
  const args = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']
  if (process.getuid?.() === 0) args.push('--no-sandbox')
  return chromium.launch({ executablePath, args: [...args, ...more] })
}

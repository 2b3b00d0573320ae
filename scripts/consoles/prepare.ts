import { buildConsole, bundlePrograms, generateClient, isClientGenerated, isConsoleBuilt } from '../lib/build.mjs'

/** vitest's global set-up: one build for all of them, made only when nothing equal is there. */
export default async function prepare(): Promise<void> {
  if (!isClientGenerated()) await generateClient()
  await bundlePrograms()
  if (!isConsoleBuilt()) await buildConsole()
}

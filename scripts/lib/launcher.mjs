import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { buildConsole, bundlePrograms, generateClient, isClientGenerated, isConsoleBuilt } from './build.mjs'
import { stopLeftoverChildren } from './children.mjs'
import { assertPortIsFree, startConsole } from './console.mjs'
import { consoleEnvironment, ownerEnvironment } from './console-environment.mjs'
import { openDataFolder, readSecrets } from './data-folder.mjs'
import { waitForLock } from './folder-lock.mjs'
import { describeInstallation, installationFile } from './local-installation.mjs'
import { startLocalVault } from './local-vault.mjs'
import { installPackages, packagesAreInstalled } from './packages.mjs'
import { stopLeftover } from './postgres.mjs'
import { readJson } from './private-files.mjs'
import { Problem } from './problem.mjs'
import { step } from './progress.mjs'
import { runProgram } from './run-program.mjs'
import { describeProblems, readSettings } from './settings.mjs'
import { createShutdown } from './shutdown.mjs'

/** One checkout, perhaps several data folders: packages, client and build are made by one launcher at a time. @template T @param {() => Promise<T>} act */
async function oneAtATime(act) {
  mkdirSync('build', { recursive: true })
  const release = await waitForLock(path.resolve('build/preparing.json'), () =>
    console.log('• Another start is preparing this checkout; waiting for it …'),
  )
  try {
    return await act()
  } finally {
    release()
  }
}

/** Everything that depends on the checkout alone. @param {() => void} onProgramsReady the programs beside the console can run */
async function prepareCheckout(onProgramsReady) {
  if (!isClientGenerated()) await step('Generating the database client', generateClient)
  await bundlePrograms()
  onProgramsReady()
  if (!isConsoleBuilt()) await step('Building the console', buildConsole)
}

/** @param {string} folder */
async function stopLeftovers(folder) {
  const names = await stopLeftoverChildren(folder)
  if (await stopLeftover(path.join(folder, 'postgres'))) names.push('database')
  if (names.length > 0) console.log(`✓ Stopped what an earlier start had left running: ${names.join(', ')}`)
}

/** @param {string} folder @param {import('./settings.mjs').Settings} settings @param {ReturnType<typeof createShutdown>} shutdown */
async function startDatabase(folder, settings, shutdown) {
  const { startEmbeddedDatabase, connectExternalDatabase } = await import('./database.mjs')
  const { databaseUrl, databaseOwnerUrl } = settings
  const database = databaseUrl
    ? await connectExternalDatabase(databaseUrl, databaseOwnerUrl)
    : await step('Starting the database', () => startEmbeddedDatabase(folder, readSecrets(folder)))
  await shutdown.add('database', database.stop)
  return database
}

/** @param {string} folder @param {ReturnType<typeof createShutdown>} shutdown */
async function startVault(folder, shutdown) {
  const vault = await step('Starting the local vault', () => startLocalVault(folder))
  await shutdown.add('local vault', vault.stop)
  return vault
}

/** @param {string} folder @param {import('./settings.mjs').Settings} settings @param {ReturnType<typeof createShutdown>} shutdown */
async function startEverything(folder, settings, shutdown) {
  /** @type {() => void} */
  let programsReady = () => undefined
  const programs = new Promise((resolve) => {
    programsReady = () => resolve(undefined)
  })
  const checkout = oneAtATime(() => prepareCheckout(programsReady))
  const ground = async () => {
    const database = await startDatabase(folder, settings, shutdown)
    await programs
    const vault = settings.localVault ? await startVault(folder, shutdown) : undefined
    const env = consoleEnvironment({
      folder,
      settings,
      secrets: readSecrets(folder),
      database,
      vault: vault?.description,
    })
    describeInstallation(folder, env.DRAWBRIDGE_URL ?? '', vault?.description)
    const onLine = (/** @type {string} */ line) => console.log(`  ${line}`)
    await step('Setting up the data', () =>
      runProgram('Setting up the data', process.execPath, ['build/setup.mjs'], {
        env: ownerEnvironment(env, settings, database),
        onLine,
      }),
    )
    return { database, vault, env }
  }
  // Building keeps one processor busy, the database and the first estate the other.
  const [, parts] = await Promise.all([checkout, ground()])
  return parts
}

/** @param {string} url @param {string} folder */
function announce(url, folder) {
  const officers = readJson(installationFile(folder))?.officers ?? []
  const people = officers.map(
    (/** @type {{ email: string, roles: string[] }} */ { email, roles }) => `    ${email}  (${roles.join(', ')})`,
  )
  const signIn =
    people.length > 0
      ? [
          '',
          `  Sign in as one of these; the passwords are in ${installationFile(folder)}, which only you can read:`,
          ...people,
        ]
      : []
  console.log(
    [
      '',
      `Drawbridge is ready: ${url}`,
      ...signIn,
      '',
      '  Logs: '.concat(path.join(folder, 'logs')),
      '  Stop with Ctrl-C.',
    ].join('\n'),
  )
}

/** Resolves with the first part that ended by itself. @param {{ name: string, exited: Promise<unknown> | undefined }[]} parts */
const firstToEnd = (parts) =>
  Promise.race(parts.flatMap(({ name, exited }) => (exited ? [exited.then(() => name)] : [])))

const exitOf = (/** @type {import('node:child_process').ChildProcess} */ child) =>
  new Promise((resolve) =>
    child.exitCode === null && child.signalCode === null ? child.once('exit', resolve) : resolve(undefined),
  )

/** @param {ReturnType<typeof createShutdown>} shutdown */
function stopOnSignals(shutdown) {
  const stop = () => {
    if (shutdown.isStopping()) return
    console.log('\n• Stopping: requests in flight finish, ten seconds at most …')
    shutdown.stop().then(
      () => {
        console.log('✓ Stopped.')
        process.exit(0)
      },
      (error) => {
        console.error('✗ Something did not stop.', error)
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)
  // Whoever read our words is gone (`npm start | head`, a test that was killed): nothing is left running unseen.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', stop)
}

/** From a fresh checkout to a running console; returns when it has stopped. */
export async function launch() {
  const given = readSettings(process.env)
  if (!given.ok) throw new Problem(describeProblems(given.problems))
  const settings = given.value
  const shutdown = createShutdown()
  stopOnSignals(shutdown)
  const { folder, release } = openDataFolder(settings.data)
  await shutdown.add('data folder', release)
  try {
    await stopLeftovers(folder)
    await assertPortIsFree(settings.port, settings.host)
    await oneAtATime(async () => {
      if (!packagesAreInstalled()) await step('Installing packages', installPackages)
    })
    const { database, vault, env } = await startEverything(folder, settings, shutdown)
    const web = await step('Starting the console', () =>
      startConsole({
        folder,
        host: settings.host,
        port: settings.port,
        tls: settings.tls,
        env,
        drainMs: settings.drainMs,
      }),
    )
    await shutdown.add('console', web.stop)
    if (shutdown.isStopping()) return await shutdown.stop()
    announce(env.DRAWBRIDGE_URL ?? '', folder)
    const ended = await firstToEnd([
      { name: 'console', exited: exitOf(web.child) },
      { name: 'local vault', exited: vault && exitOf(vault.child) },
      { name: 'database', exited: database.exited },
    ])
    if (!shutdown.isStopping())
      throw new Problem(
        `The ${ended} ended by itself; ${path.join(folder, 'logs')} says why. Everything else is being stopped.`,
      )
  } catch (error) {
    // What breaks while everything is being stopped on request is no failure.
    if (!shutdown.isStopping()) throw error
  } finally {
    await shutdown.stop()
  }
}

import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

export interface BundledServices<Name extends string> {
  main(name: Name): URL
  /** When nobody runs them any more. */
  remove(): Promise<void>
}

/** Services as the image runs them, in a folder of their own: from its source a process takes more than twice as long to start. */
export async function bundleServices<const Name extends string>(
  names: readonly Name[],
): Promise<BundledServices<Name>> {
  // Below the packages that the bundles look for.
  const parent = join(root, 'node_modules', '.cache')
  await mkdir(parent, { recursive: true })
  const folder = await mkdtemp(join(parent, 'bina-bundles-'))
  await promisify(execFile)(process.execPath, [join(root, 'infra/docker/build.mjs'), folder, ...names])
  return {
    main: (name) => pathToFileURL(join(folder, name, 'main.mjs')),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

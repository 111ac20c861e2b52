import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../../../../../', import.meta.url))

/** A service as the image runs it, in a folder of its own: from its source a process takes more than twice as long to start. `remove` it when
 *  nobody runs it any more. */
export async function bundleService(
  name: string,
): Promise<{ readonly main: string; readonly remove: () => Promise<void> }> {
  // Below the packages that the bundle looks for.
  const parent = join(root, 'node_modules', '.cache')
  await mkdir(parent, { recursive: true })
  const folder = await mkdtemp(join(parent, 'bina-bench-'))
  await promisify(execFile)(process.execPath, [join(root, 'infra/docker/build.mjs'), folder, name])
  return { main: join(folder, name, 'main.mjs'), remove: () => rm(folder, { recursive: true, force: true }) }
}

// The one command of a fresh clone: node infra/setup/run.mjs demo|bench|test [arguments].
import process from 'node:process'

// The rest is written for a Node that is not as old as this; what else is missing, it tells itself.
if (Number(process.versions.node.split('.')[0]) < 18) {
  console.error(`Node 20.19 or newer is needed, this is ${process.versions.node}: nvm install 24`)
  process.exit(2)
}
const { setUpAndRun } = await import('./set-up-and-run.mjs')
process.exitCode = await setUpAndRun(process.argv.slice(2))

// npm run build: each service and the bina command become dist/<name>/main.mjs, as the image runs them. Our own packages are bundled;
// npm's stay in node_modules, where scanners and licences find them. Another folder, and which of them, may be named: build.mjs FOLDER NAME...
import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { dataFolders, entries, esbuildOptions } from './bundle-options.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const [, , outDir = join(root, 'dist'), ...wanted] = process.argv

await rm(outDir, { recursive: true, force: true })
await mkdir(outDir, { recursive: true })
for (const name of wanted.length === 0 ? entries : wanted) {
  const { metafile } = await build(esbuildOptions(root, outDir, name))
  const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0)
  console.log(`${name.padEnd(14)} ${Math.round(bytes / 1024)} kB`)
}
for (const { from, to } of dataFolders) await cp(join(root, from), join(outDir, to), { recursive: true })
// So that Node reads the bundles as modules wherever the folder is put.
await writeFile(join(outDir, 'package.json'), '{ "type": "module", "private": true }\n')

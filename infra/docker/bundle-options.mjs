import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** What the image runs. The simulator is a command of bina. */
export const entries = ['sink-worker', 'score-worker', 'report-cron', 'ingest-api', 'portal', 'cli']

/** SQL and templates are read beside the code: `../queries/` of packages/clickhouse/src is `../queries/` of dist/<name>/ as well. */
export const dataFolders = [
  ...['migrations', 'queries', 'views'].map((name) => ({ from: `packages/clickhouse/${name}`, to: name })),
  { from: 'packages/print/templates', to: 'templates' },
]

/** How one entry is bundled. What a command loads when it runs stays in a file of its own, so that it may be missing. */
export function esbuildOptions(root, outDir, name) {
  return {
    entryPoints: [join(root, 'services', name, 'src/main.ts')],
    outdir: join(outDir, name),
    outExtension: { '.js': '.mjs' },
    chunkNames: 'part-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    sourcemap: 'linked',
    metafile: true,
    absWorkingDir: root,
    logLevel: 'warning',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    plugins: [npmPackagesStayOutside(root)],
  }
}

const noLocalServers =
  'The local servers are no part of this image. Run the services as containers of their own, with KAFKA_BROKERS, CLICKHOUSE_URL and SMTP_URL.'

/** Of the local servers' package, what needs nothing: progress on a terminal, and a look at the machine. */
const plain = ['@bina/local-stack/progress', '@bina/local-stack/check-machine']

/** What is ours is bundled, npm's is not; the servers for development stay out, and say so when they are asked for. */
function npmPackagesStayOutside(root) {
  const ours = new Set(
    ['packages', 'services'].flatMap((top) => readdirSync(join(root, top))).map((name) => `@bina/${name}`),
  )
  return {
    name: 'npm-packages-stay-outside',
    setup: ({ onLoad, onResolve }) => {
      onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
        if (kind === 'entry-point') return undefined
        if (path.startsWith('@bina/local-stack/') && !plain.includes(path))
          return { path, namespace: 'no-local-servers' }
        const [scope = '', name = ''] = path.split('/')
        return ours.has(`${scope}/${name}`) ? undefined : { path, external: true }
      })
      onLoad({ filter: /.*/, namespace: 'no-local-servers' }, () => ({
        contents: `module.exports = {}; throw Object.assign(new Error(${JSON.stringify(noLocalServers)}), { code: 'no_local_servers' })`,
      }))
    },
  }
}

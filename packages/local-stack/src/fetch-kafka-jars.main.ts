import process from 'node:process'
import { fetchJarsShown } from './local-stack.ts'
import { LocalStackError } from './local-stack-error.ts'
import { createProgress } from './progress.ts'

// Usage: node --import tsx fetch-kafka-jars.main.ts CACHE_DIR. Says what it does on standard error alone.
const [cacheDir] = process.argv.slice(2)
if (cacheDir === undefined) throw new TypeError('give the cache directory')
try {
  await fetchJarsShown(cacheDir, createProgress(process.stderr))
} catch (error) {
  console.error(error instanceof LocalStackError ? error.message : error)
  process.exitCode = 1
}

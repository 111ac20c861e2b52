import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fetchKafkaJars, tellsOfJar } from './kafka-jars.ts'

let dir: string
let mavenPath: string

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bina-jars-'))
  mavenPath = join(dir, 'mvn')
})

afterEach(() => rm(dir, { recursive: true, force: true }))

/** A Maven of a few lines of shell: OUT is where the jars shall go. */
async function maven(script: string): Promise<void> {
  await writeFile(
    mavenPath,
    `#!/bin/sh\nfor a in "$@"; do case $a in -DoutputDirectory=*) OUT=\${a#*=};; esac; done\n${script}\n`,
  )
  await chmod(mavenPath, 0o755)
}

const BRINGS_TWO = `
echo "Downloaded from mirror: scheme://host/org/apache/kafka/kafka-clients/4.3.1/kafka-clients-4.3.1.jar (9 kB at 1 kB/s)"
echo one > $OUT/a.jar; echo two > $OUT/b.jar; echo run >> ${'$'}{0}.runs`

const fetch = (onProgress?: (jars: number) => void) =>
  fetchKafkaJars({ cacheDir: join(dir, 'cache'), mavenPath, ...(onProgress && { onProgress }) })
const runs = async () => (await readFile(`${mavenPath}.runs`, 'utf8')).trim().split('\n').length

test('the jars are fetched once and then reused, with no Maven at all', async () => {
  await maven(BRINGS_TWO)
  const progress: number[] = []
  const jarsDir = await fetch((jars) => progress.push(jars))
  expect((await readdir(jarsDir)).toSorted()).toEqual(['a.jar', 'b.jar', 'complete.json'])
  expect(progress).toEqual([1, 2])
  await rm(mavenPath)
  expect(await fetch()).toBe(jarsDir)
})

test('jars of which one is gone or cut short are fetched again', async () => {
  await maven(BRINGS_TWO)
  const jarsDir = await fetch()
  await rm(join(jarsDir, 'a.jar'))
  await fetch()
  await writeFile(join(jarsDir, 'b.jar'), '')
  await fetch()
  expect(await readFile(join(jarsDir, 'b.jar'), 'utf8')).toBe('two\n')
  expect(await runs()).toBe(3)
})

test('a fetch that breaks off leaves nothing that could be taken for done, and says what Maven said', async () => {
  await maven('echo one > $OUT/a.jar; echo "[ERROR] Connection reset"; exit 1')
  await expect(fetch()).rejects.toMatchObject({
    code: 'download_failed',
    message: expect.stringContaining('Connection reset'),
  })
  expect(await readdir(join(dir, 'cache'))).toEqual([])
})

test('a machine without Maven is told to install it', async () => {
  await expect(fetch()).rejects.toMatchObject({ code: 'maven_missing' })
})

test('two fetches at once end with one whole set of jars', async () => {
  await maven(BRINGS_TWO)
  const [one, other] = await Promise.all([fetch(), fetch()])
  expect(one).toBe(other)
  expect(await readdir(join(dir, 'cache'))).toEqual(['kafka-4.3.1'])
  expect((await readdir(one)).toSorted()).toEqual(['a.jar', 'b.jar', 'complete.json'])
})

test("only a jar of ours counts as progress, not the pages about it or Maven's own", () => {
  const line = (path: string) => `[INFO] Downloaded from mirror: scheme://host/${path} (1.2 MB at 3 MB/s)`
  expect(tellsOfJar(line('org/apache/kafka/kafka-clients/4.3.1/kafka-clients-4.3.1.jar'))).toBe(true)
  expect(tellsOfJar(line('org/apache/kafka/kafka-clients/4.3.1/kafka-clients-4.3.1.pom'))).toBe(false)
  expect(tellsOfJar(line('org/apache/maven/shared/maven-filtering/3.4.0/maven-filtering-3.4.0.jar'))).toBe(false)
  expect(tellsOfJar('[INFO] Downloading from mirror: scheme://host/a/b.jar')).toBe(false)
})

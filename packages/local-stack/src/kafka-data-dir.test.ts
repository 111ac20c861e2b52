import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ensureFormatted, type KafkaFiles, kafkaFiles, randomClusterId } from './kafka-data-dir.ts'

let dir: string
let files: KafkaFiles
// /bin/echo stands for a Java whose formatting succeeds.
const java = { javaPath: 'echo', classPath: 'none' }

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bina-kafka-dir-'))
  files = kafkaFiles(dir)
  await mkdir(files.logDir)
})

afterEach(() => rm(dir, { recursive: true, force: true }))

const writeMeta = (clusterId: string) =>
  writeFile(join(files.logDir, 'meta.properties'), `version=1\ncluster.id=${clusterId}\n`)

test('a new directory is formatted once and remembers its cluster', async () => {
  const clusterId = await ensureFormatted(files, java)
  expect(clusterId).toMatch(/^[A-Za-z0-9_-]{22}$/)
  await mkdir(files.logDir)
  await writeMeta(clusterId)
  expect(await ensureFormatted(files, { javaPath: 'no-such-java', classPath: 'none' })).toBe(clusterId)
})

test('a cluster id is never taken for an option of the tool that formats', () => {
  const ids = Array.from({ length: 5_000 }, randomClusterId)
  expect(ids.filter((id) => !/^[A-Za-z0-9_][A-Za-z0-9_-]{21}$/.test(id))).toEqual([])
})

test("another cluster's data is refused and left as it is", async () => {
  await writeMeta('somebody-elses-cluster')
  await expect(ensureFormatted(files, java)).rejects.toMatchObject({ code: 'data_dir_of_another_cluster' })
  await writeFile(files.clusterIdFile, 'the-cluster-made-here')
  await expect(ensureFormatted(files, java)).rejects.toMatchObject({
    code: 'data_dir_of_another_cluster',
    message: expect.stringContaining('somebody-elses-cluster is there now'),
  })
  expect(await readFile(join(files.logDir, 'meta.properties'), 'utf8')).toContain('somebody-elses-cluster')
})

test('a formatting that was cut short is done again', async () => {
  await writeFile(files.formattingFile, 'half-done')
  await writeMeta('half-done')
  expect(await ensureFormatted(files, java)).not.toBe('half-done')
})

test('data whose meta.properties is gone is told as broken, not formatted over', async () => {
  await writeFile(files.clusterIdFile, 'the-cluster-made-here')
  await writeFile(join(files.logDir, 'a-segment'), 'data')
  await expect(ensureFormatted(files, java)).rejects.toMatchObject({ code: 'data_dir_broken' })
  expect(await readFile(join(files.logDir, 'a-segment'), 'utf8')).toBe('data')
})

test('a formatting that fails says what Kafka said', async () => {
  const fails = ensureFormatted(files, { javaPath: 'false', classPath: 'none' })
  await expect(fails).rejects.toMatchObject({ code: 'start_failed' })
  await expect(ensureFormatted(files, { javaPath: 'no-such-java', classPath: 'none' })).rejects.toMatchObject({
    code: 'java_missing',
  })
})

import { expect, test } from 'vitest'
import { machineWants } from './wants.mjs'

const GB = 1024 ** 3
const inClone = { root: '/clone/', dataDir: '/clone/.bina', env: {} }

test('a fresh clone wants room for the packages and the data, later runs for the data alone', () => {
  expect(machineWants(inClone, () => false).disks).toEqual([{ dir: '/clone/', neededBytes: 2.5 * GB }])
  expect(machineWants(inClone, () => true).disks).toEqual([{ dir: '/clone/', neededBytes: GB }])
})

test('data on another disk wants its room there', () => {
  expect(machineWants({ ...inClone, dataDir: '/large/bina' }, () => false).disks).toEqual([
    { dir: '/clone/', neededBytes: 1.5 * GB },
    { dir: '/large/bina', neededBytes: GB },
  ])
})

test("somebody else's servers take the place of the embedded ones", () => {
  const env = { KAFKA_BROKERS: 'kafka-1:9092', CLICKHOUSE_URL: '' }
  expect(machineWants({ ...inClone, env }, () => true)).toMatchObject({ kafka: false, clickhouse: true })
})

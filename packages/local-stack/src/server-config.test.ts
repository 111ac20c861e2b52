import { expect, test } from 'vitest'
import { clickhouseConfigXml } from './clickhouse-config.ts'
import { findClickHouseLibrary, libraryPackage } from './clickhouse-library.ts'
import { kafkaConfig } from './kafka-config.ts'

test('Kafka is heard on this machine alone and makes no topic of a misspelt name', () => {
  const properties = kafkaConfig({ logDir: '/data/log', ports: { broker: 19092, controller: 19093 } })
  expect(properties).toContain('\nlisteners=PLAINTEXT://127.0.0.1:19092,CONTROLLER://127.0.0.1:19093\n')
  expect(properties).toContain('\nauto.create.topics.enable=false\n')
  expect(properties).not.toContain('0.0.0.0')
})

test('Kafka tells its clients to come to what stands in front of it', () => {
  const ports = { broker: 19092, controller: 19093, advertised: 29092 }
  const properties = kafkaConfig({ logDir: '/data/log', ports })
  expect(properties).toContain('\nlisteners=PLAINTEXT://127.0.0.1:19092,CONTROLLER://127.0.0.1:19093\n')
  expect(properties).toContain('\nadvertised.listeners=PLAINTEXT://127.0.0.1:29092\n')
})

test('ClickHouse is heard on this machine alone, and its paths may hold signs of XML', () => {
  const xml = clickhouseConfigXml({
    storeDir: '/data/R&D',
    logFile: '/data/log',
    usersFile: '/data/users.xml',
    httpPort: 8123,
    tcpPort: 9000,
    maxMemoryBytes: 1,
  })
  expect(xml).toContain('<listen_host>127.0.0.1</listen_host>')
  expect(xml).toContain('<path>/data/R&amp;D</path>')
})

test('each platform has its own library, and one without is told to bring a server', () => {
  expect(libraryPackage('linux', 'arm64')).toBe('@chdb/lib-linux-arm64-gnu')
  expect(libraryPackage('darwin', 'x64')).toBe('@chdb/lib-darwin-x64')
  expect(libraryPackage('win32', 'x64')).toBeUndefined()
  expect(() => findClickHouseLibrary('win32', 'x64')).toThrow(expect.objectContaining({ code: 'unsupported_platform' }))
})

test('a library that was not installed is told with the command that installs it', () => {
  const elsewhere = process.platform === 'darwin' ? 'linux' : 'darwin'
  expect(() => findClickHouseLibrary(elsewhere, 'arm64')).toThrow(/npm install --include=optional/)
})

test('one of three brokers keeps three copies and takes nothing that fewer than two have', () => {
  const controllers = new Map([
    [1, 19093],
    [2, 29093],
    [3, 39093],
  ])
  const ports = { broker: 29092, controller: 29093 }
  const properties = kafkaConfig({ logDir: '/data/log', ports, member: { nodeId: 2, controllers } })
  expect(properties).toContain('\nnode.id=2\n')
  expect(properties).toContain('\ncontroller.quorum.voters=1@127.0.0.1:19093,2@127.0.0.1:29093,3@127.0.0.1:39093\n')
  expect(properties).toContain('\ndefault.replication.factor=3\nmin.insync.replicas=2\n')
  expect(kafkaConfig({ logDir: '/data/log', ports })).toContain(
    '\ndefault.replication.factor=1\nmin.insync.replicas=1\n',
  )
})

import { expect, test } from 'vitest'
import { atLeast, type MachineFacts, machineProblems } from '../plain/machine-problems.mjs'

const GIB = 1024 ** 3

const complete: MachineFacts = {
  platform: 'linux',
  arch: 'x64',
  musl: false,
  distribution: 'debian',
  nodeVersion: '20.19.0',
  javaVersion: '17.0.15',
  mavenVersion: '3.8.7',
  disks: [{ dir: '/srv/bina', freeBytes: 3 * GIB, neededBytes: 2.5 * GIB }],
  takenPorts: [],
}

const both = { kafka: true, clickhouse: true }
const messages = (facts: Partial<MachineFacts>, wanted = both) =>
  machineProblems({ ...complete, ...facts }, wanted).map(({ message }) => message)

test('a machine with all that is needed has no problem', () => {
  expect(machineProblems(complete, both)).toEqual([])
})

test('everything that is missing is told at once, each with the command that mends it', () => {
  const bare = {
    nodeVersion: '18.20.4',
    javaVersion: undefined,
    mavenVersion: undefined,
    disks: [{ dir: '/srv/bina', freeBytes: 1.2 * GIB, neededBytes: 2.5 * GIB }],
    takenPorts: [{ port: 8080, name: 'the portal' }],
  }
  expect(messages(bare)).toEqual([
    'Node 20.19 or newer is needed, this is 18.20.4: nvm install 24 (or a package of your system)',
    'Java 17 or newer is not installed: sudo apt-get install -y default-jre-headless',
    'Maven is not installed: sudo apt-get install -y maven',
    '2.5 GB of disk are needed in /srv/bina and 1.2 GB are free: make room there (df -h /srv/bina shows what is full)',
    "Port 8080, wanted for the portal, is taken: see what listens there with ss -ltnp 'sport = :8080', and end it",
  ])
})

test('a Mac is told what Homebrew installs', () => {
  expect(messages({ platform: 'darwin', arch: 'arm64', javaVersion: undefined, mavenVersion: undefined })).toEqual([
    'Java 17 or newer is not installed: brew install --cask temurin@21',
    'Maven is not installed: brew install maven',
  ])
})

test('an old Java is told with its version, also by the old way of counting', () => {
  expect(messages({ javaVersion: '1.8.0_392' })).toEqual([
    'Java 17 or newer is needed, this is 1.8.0_392: sudo apt-get install -y default-jre-headless',
  ])
})

test("with somebody else's Kafka neither Java nor Maven is asked for", () => {
  expect(messages({ javaVersion: undefined, mavenVersion: undefined }, { kafka: false, clickhouse: true })).toEqual([])
})

test.each([{ platform: 'win32' }, { musl: true }, { arch: 'riscv64' }])(
  'a machine without an embedded ClickHouse is told to bring a server: %o',
  (facts) => {
    expect(messages(facts)).toEqual([expect.stringContaining('export CLICKHOUSE_URL=')])
    expect(messages(facts, { kafka: true, clickhouse: false })).toEqual([])
  },
)

test.each([
  ['20.19.0', true],
  ['v20.20.2', true],
  ['20.18.9', false],
  ['21.0.0', true],
  ['24', true],
  ['19.99.0', false],
])('Node %s is new enough: %s', (version, enough) => {
  expect(atLeast(version, [20, 19])).toBe(enough)
})

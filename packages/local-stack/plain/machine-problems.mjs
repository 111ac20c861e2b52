// Plain JavaScript without dependencies: the set-up uses it in a fresh clone, before anything is installed.

const NODE_NEEDED = [20, 19]
const JAVA_NEEDED = 17
const GIB = 1024 ** 3

/** What is missing on a machine, each in one sentence with the command that mends it. No problem: an empty list. */
export function machineProblems(facts, wanted) {
  const problems = []
  const add = (code, message) => problems.push({ code, message })
  const install = (what) => installCommand(facts, what)

  if (!atLeast(facts.nodeVersion, NODE_NEEDED)) {
    add(
      'node_too_old',
      `Node ${NODE_NEEDED.join('.')} or newer is needed, this is ${facts.nodeVersion}: ${install('node')}`,
    )
  }
  if (wanted.kafka) {
    if (facts.javaVersion === undefined)
      add('java_missing', `Java ${JAVA_NEEDED} or newer is not installed: ${install('java')}`)
    else if (!atLeast(facts.javaVersion, [JAVA_NEEDED])) {
      add('java_too_old', `Java ${JAVA_NEEDED} or newer is needed, this is ${facts.javaVersion}: ${install('java')}`)
    }
    if (facts.mavenVersion === undefined) add('maven_missing', `Maven is not installed: ${install('maven')}`)
  }
  if (wanted.clickhouse && !hasEmbeddedClickHouse(facts)) {
    const machine = [facts.platform, facts.arch, ...(facts.musl ? ['musl'] : [])].join(' ')
    add(
      'unsupported_platform',
      `There is no embedded ClickHouse for ${machine}: give it a server with export CLICKHOUSE_URL=http://host:8123`,
    )
  }
  for (const { dir, freeBytes, neededBytes } of facts.disks) {
    if (freeBytes >= neededBytes) continue
    add(
      'disk_full',
      `${gib(neededBytes)} GB of disk are needed in ${dir} and ${gib(freeBytes)} GB are free: make room there (df -h ${quote(dir)} shows what is full)`,
    )
  }
  for (const { port, name } of facts.takenPorts) {
    add(
      'port_taken',
      `Port ${port}, wanted for ${name}, is taken: see what listens there with ${portCommand(facts, port)}, and end it`,
    )
  }
  return problems
}

/** The first number of a version and those after it: "20.19.1", "v20.20.2", "17.0.15", and Java's old "1.8.0_392". */
export function atLeast(version, needed) {
  const parts = (version.match(/\d+/g) ?? []).map(Number)
  for (const [at, least] of needed.entries()) {
    const part = parts[at] ?? 0
    if (part !== least) return part > least
  }
  return true
}

function hasEmbeddedClickHouse({ platform, arch, musl }) {
  return (platform === 'darwin' || (platform === 'linux' && !musl)) && (arch === 'x64' || arch === 'arm64')
}

function installCommand({ platform, distribution }, what) {
  if (platform === 'darwin') {
    return { java: 'brew install --cask temurin@21', maven: 'brew install maven', node: 'brew install node@24' }[what]
  }
  if (what === 'node') return 'nvm install 24 (or a package of your system)'
  if (distribution !== 'debian' && distribution !== 'ubuntu') return `install it with your system's package manager`
  // Older Ubuntus' default is Java 11, newer Debians have no Java 17: each is named what it has.
  const java = distribution === 'ubuntu' ? 'openjdk-21-jre-headless' : 'default-jre-headless'
  return `sudo apt-get install -y ${what === 'java' ? java : 'maven'}`
}

function portCommand({ platform }, port) {
  return platform === 'darwin' ? `lsof -nP -iTCP:${port} -sTCP:LISTEN` : `ss -ltnp 'sport = :${port}'`
}

function gib(bytes) {
  return (bytes / GIB).toFixed(1)
}

function quote(path) {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`
}

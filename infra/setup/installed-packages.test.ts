import { expect, test } from 'vitest'
import { hasWhatLockAsks, lockHash, type Machine, packagesFor } from './installed-packages.mjs'

const linux: Machine = { os: 'linux', cpu: 'x64', libc: 'glibc' }

const zod = { version: '4.1.0', resolved: 'a', integrity: 'sha512-a' }
const library = {
  version: '26.7.3',
  resolved: 'b',
  integrity: 'sha512-b',
  optional: true,
  os: ['linux'],
  cpu: ['x64'],
  libc: ['glibc'],
}
const otherLibrary = { ...library, os: ['darwin'], cpu: ['arm64'], libc: undefined }
const wasmHelper = { version: '1.0.0', resolved: 'c', integrity: 'sha512-c', optional: true }

const packages = {
  '': { name: 'bina' },
  'packages/domain': { name: '@bina/domain' },
  'node_modules/@bina/domain': { resolved: 'packages/domain', link: true },
  'node_modules/zod': zod,
  'node_modules/library-linux': library,
  'node_modules/library-mac': otherLibrary,
  'node_modules/wasm-helper': wasmHelper,
}
const lock = JSON.stringify({ packages })
const installed = (changes: Record<string, unknown>) => {
  const { 'node_modules/library-mac': _mac, 'node_modules/wasm-helper': _wasm, ...here } = packages
  return JSON.stringify({ packages: { ...here, ...changes } })
}

test('an install that brought all that the lock asks of this machine is taken as it is', () => {
  expect(hasWhatLockAsks(installed({}), lock, linux)).toBe(true)
})

test('an install of another version, of other bytes, or without a package is done again', () => {
  expect(hasWhatLockAsks(installed({ 'node_modules/zod': { ...zod, version: '4.0.0' } }), lock, linux)).toBe(false)
  expect(hasWhatLockAsks(installed({ 'node_modules/zod': { ...zod, integrity: 'sha512-x' } }), lock, linux)).toBe(false)
  expect(hasWhatLockAsks(installed({ 'node_modules/zod': undefined }), lock, linux)).toBe(false)
})

test("an install without this machine's optional library is done again, without another machine's it is whole", () => {
  expect(hasWhatLockAsks(installed({ 'node_modules/library-linux': undefined }), lock, linux)).toBe(false)
  expect(hasWhatLockAsks(installed({}), lock, { os: 'darwin', cpu: 'arm64', libc: undefined })).toBe(false)
})

test('no record, or one that was cut short, is no install', () => {
  expect(hasWhatLockAsks('', lock, linux)).toBe(false)
  expect(hasWhatLockAsks('{"packages": {', lock, linux)).toBe(false)
})

test('the bar counts the packages of this machine', () => {
  expect(packagesFor(lock, linux)).toEqual(['node_modules/zod', 'node_modules/library-linux'])
})

test('a lock file that changed has another hash', () => {
  expect(lockHash('{}')).not.toBe(lockHash('{ }'))
})

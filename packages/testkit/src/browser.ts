import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** The same places as in infra/setup/install-browser.mjs. */
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const quiet =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'

/** A Chromium of this machine that asks for nothing by itself. @throws when there is none, with what to type. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = places.find((path) => existsSync(path))
  if (executablePath === undefined) throw new Error('No Chromium is installed here: npm run test:browser installs it')
  return chromium.launch({ executablePath, args: quiet.split(' ') })
}

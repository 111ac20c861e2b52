import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** Inter in the two weights that reports use (SIL Open Font License). Nothing of the machine is used, so that bytes are equal everywhere. */
export const fontFiles: readonly string[] = [
  '400Regular/Inter_400Regular.ttf',
  '600SemiBold/Inter_600SemiBold.ttf',
].map((file) => require.resolve(`@expo-google-fonts/inter/${file}`))

/** An address as two of them are compared: mail systems do not tell capitals apart. */
export const mailKey = (address: string): string => address.trim().toLowerCase()

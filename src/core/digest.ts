/** SHA-256, from the Web Crypto that Node and browsers share. */

/** The 32 bytes of the SHA-256 of some bytes. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytes));
}

/** The SHA-256 of bytes, or of a text in UTF-8, as 64 lower-case hexadecimal digits. */
export async function sha256Hex(data: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = await sha256(typeof data === 'string' ? new TextEncoder().encode(data) : data);
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

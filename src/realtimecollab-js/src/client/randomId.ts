/** 120 random bits, 24 characters of 0 to 9 and a to v. (`crypto.randomUUID` is missing on pages that were not loaded over https.) */
export function randomId(): string {
  return crypto.getRandomValues(new Uint8Array(24)).reduce((id, byte) => id + (byte & 31).toString(32), '');
}

/** The largest length of a document, an operation or one component, in UTF-16 code units: what 32 bits hold. */
export const MAX_LENGTH = 0x7fff_ffff;

const loneSurrogate = /\p{Surrogate}/u;

/** Whether the text has no half of a surrogate pair standing alone. */
export function isWellFormed(text: string): boolean {
  return !loneSurrogate.test(text);
}

/** Whether the code unit is the second half of a surrogate pair: text must never be cut in front of one. */
export function isLowSurrogate(unit: number): boolean {
  return (unit & 0xfc00) === 0xdc00;
}

/** Whether the code unit is the first half of a surrogate pair. */
export function isHighSurrogate(unit: number): boolean {
  return (unit & 0xfc00) === 0xd800;
}

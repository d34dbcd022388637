/** Characters that Windows forbids in names of files, and those that no terminal shows. */
const forbidden = /[<>:"/\\|?*\p{Cc}]/gu;
/** Devices of Windows: with any extension they are no files. */
const devices = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/iu;

/** What another system would not take about the name of a file or folder, in words; null: every system takes it. */
export function portableNameProblem(name: string): string | null {
  const [character] = name.match(forbidden) ?? [];
  if (character !== undefined) return /\p{Cc}/u.test(character) ? 'it holds a character that cannot be seen' : `it holds ${character}`;
  const [device] = devices.exec(name) ?? [];
  if (device !== undefined) return `${device} is a device there`;
  return /[. ]$/u.test(name) ? 'it ends with a point or a space' : null;
}

/** The name, changed as little as every system asks. */
export function portableName(name: string): string {
  const plain = name.replaceAll(forbidden, '_').replaceAll(/[. ]+$/gu, '');
  return devices.test(plain) ? `_${plain}` : plain;
}

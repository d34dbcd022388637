import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { zipSync } from 'fflate';

/** A wheel that pip takes for the real package: a module of one line. Gives its paragraph of a requirements file. */
export function writeWheel(folder: string, name: string, version: string, files: Readonly<Record<string, string>> = { [`${name}/__init__.py`]: `__version__ = "${version}"\n` }): string {
  const facts = `${name}-${version}.dist-info`;
  const members = {
    ...files,
    [`${facts}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`,
    [`${facts}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
  };
  const record = [...Object.keys(members), `${facts}/RECORD`].map((file) => `${file},,\n`).join('');
  const encode = (text: string) => new TextEncoder().encode(text);
  const bytes = zipSync(Object.fromEntries(Object.entries({ ...members, [`${facts}/RECORD`]: record }).map(([file, text]) => [file, encode(text)])));
  writeFileSync(path.join(folder, `${name}-${version}-py3-none-any.whl`), bytes);
  return `${name}==${version} \\\n    --hash=sha256:${createHash('sha256').update(bytes).digest('hex')}\n`;
}

/** What exports are checked with, each a module of one line. */
export function writePackages(folder: string): string {
  const plain = [['keras', '3.15.0'], ['tensorflow', '2.21.0'], ['onnx', '1.22.0'], ['numpy', '2.4.0']] as const;
  const requirements = plain.map(([name, version]) => writeWheel(folder, name, version)).join('');
  return requirements + writeWheel(folder, 'safetensors', '0.7.0', { 'safetensors/__init__.py': '', 'safetensors/numpy.py': '' });
}

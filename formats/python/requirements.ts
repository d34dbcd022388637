/** What the project imports, in the versions that exports are proven with (scripts/setup/python-requirements.txt, held together by a test). */
export const requirements: readonly { readonly package: string; readonly version: string }[] = [
  { package: 'keras', version: '3.15.0' },
  { package: 'tensorflow', version: '2.21.0' },
  { package: 'numpy', version: '2.4.6' },
  { package: 'h5py', version: '3.14.0' },
];

export function requirementsText(): string {
  return requirements.map(({ package: name, version }) => `${name}==${version}\n`).join('');
}

/** Terms of the series that are shipped with the app (assets/data/SOURCES.md), by the SHA-256 of the file. */
const shipped: Readonly<Record<string, string>> = {
  '16695fa2786e53414e5a6b54767a3fdf5de99cfbc68617f69d1362d92776a92f':
    'C. D. Keeling and T. P. Whorf (2004), *Atmospheric CO2 concentrations derived from flask air samples at sites in the SIO network*, Carbon Dioxide Information Analysis Center; public domain, please cite. The tidy copy comes from the statsmodels data sets.',
  '0845078a290b48e3149ab8639966824110a251db4e06fc144c06ebb534af23be':
    'NOAA National Climatic Data Center; U.S. government work, no copyright. The tidy copy comes from the vega-datasets collection (BSD-3-Clause).',
  'f67889b1d9002cd5227f0e0ef54e35b419cdd85a31279adef6f73fb41e5c0a9b':
    'NOAA National Geophysical Data Center; public domain. The tidy copy comes from the statsmodels data sets.',
};

/** Under which terms a data file may be used, as far as it is known. */
export function termsOfData(sha256: string): string {
  return shipped[sha256] ?? 'not known to Unroll: ask whoever made the file before you pass on what was learnt from it';
}

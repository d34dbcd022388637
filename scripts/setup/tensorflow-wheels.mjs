/**
 * The TensorFlow that is built against, tested and shipped, by platform: the wheel on PyPI that carries the native library
 * and its C headers (docs/decisions/0001-tensorflow-from-the-pypi-wheel.md). The wheel is unzipped, never imported, so its
 * Python version need not be the machine's.
 */
export const tensorFlowVersion = '2.21.0';

/**
 * @typedef {object} Wheel
 * @property {string} distribution name on PyPI
 * @property {string} platformTag as pip's --platform takes it
 * @property {string} file
 * @property {string} sha256
 * @property {boolean} tested whether the project's tests have run with it
 * @property {readonly string[]} libraries members under tensorflow/
 */

const linuxLibraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

/** @type {Readonly<Record<string, Wheel>>} keyed by process.platform-process.arch */
export const tensorFlowWheels = {
  'linux-x64': {
    distribution: 'tensorflow-cpu',
    platformTag: 'manylinux_2_27_x86_64',
    file: 'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
    sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
    tested: true,
    libraries: linuxLibraries,
  },
  'linux-arm64': {
    distribution: 'tensorflow',
    platformTag: 'manylinux_2_27_aarch64',
    file: 'tensorflow-2.21.0-cp311-cp311-manylinux_2_27_aarch64.whl',
    sha256: '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
    tested: false,
    libraries: linuxLibraries,
  },
  'darwin-arm64': {
    distribution: 'tensorflow',
    platformTag: 'macosx_12_0_arm64',
    file: 'tensorflow-2.21.0-cp311-cp311-macosx_12_0_arm64.whl',
    sha256: '51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88',
    tested: false,
    libraries: ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'],
  },
};

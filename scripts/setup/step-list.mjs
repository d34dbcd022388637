import { electronRuntimeStep } from './electron-runtime.mjs';
import { npmPackages } from './npm-packages.mjs';
import { pythonEnvironmentStep } from './python-environment.mjs';
import { scanKernel } from './scan-kernel.mjs';
import { buildTensorFlowBinding, placeTensorFlowBinding } from './tensorflow-binding.mjs';
import { tensorFlowLibrary } from './tensorflow-library.mjs';
import { unrollCommand } from './unroll-command.mjs';
import { windowLibraries } from './window-libraries.mjs';

/**
 * @typedef {object} Checkout
 * @property {string} root the project's folder
 * @property {string} cache the folder for what is fetched and built
 * @property {string} platform process.platform-process.arch
 */

/**
 * @typedef {object} Step
 * @property {string} name as printed
 * @property {readonly ('npm' | 'python' | 'compiler')[]} needs tools of the machine that run() uses
 * @property {(checkout: Checkout) => boolean} isReady cheap: asked on every start
 * @property {(checkout: Checkout) => Promise<boolean>} [hashesMatch] thorough: asked with --verify
 * @property {(checkout: Checkout) => Promise<string>} run does the step and says what was done; may be interrupted anywhere
 */

/** In this order; a step may use what the ones before it made. @type {readonly Step[]} */
export const stepList = [
  npmPackages,
  tensorFlowLibrary,
  buildTensorFlowBinding,
  placeTensorFlowBinding,
  scanKernel,
  unrollCommand,
  electronRuntimeStep,
  windowLibraries,
  pythonEnvironmentStep,
];

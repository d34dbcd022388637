import { EnvironmentFailure } from './environment-failure.mjs';

/**
 * Every package by its hash, and nothing that would have to be built.
 * @param {string} folder
 * @param {string} list a requirements file
 * @param {string | null} pip its version; null: the environment's own, which is new
 */
export function pipParameters(folder, list, pip) {
  const [major = 0, minor = 0] = pip === null ? [99, 0] : pip.split('.').map(Number);
  const saysHowFar = major > 24 || (major === 24 && minor >= 1);
  const options = ['--no-deps', '--no-compile', '--only-binary=:all:', '--require-hashes', '--no-cache-dir', '--disable-pip-version-check', '--no-input', '--retries', '2'];
  return ['-m', 'pip', 'install', ...options, '--progress-bar', saysHowFar ? 'raw' : 'off', '--target', folder, '-r', list];
}

/** @param {string} requirements */
export function packageCount(requirements) {
  return requirements.split('\n').filter((line) => line.trim() !== '' && !/^[\s#]/u.test(line)).length;
}

/**
 * Turns what pip says into how far it is.
 * @param {number} count
 * @param {(progress: import('./make-environment.mjs').MakingProgress) => void} tell
 * @returns {(line: string) => void}
 */
export function listenToPip(count, tell) {
  let begun = 0;
  let wanted = count;
  let doing = 'Fetching packages';
  const share = (within) => 0.03 + (0.82 * Math.max(0, begun - 1 + within)) / Math.max(1, wanted);
  return (line) => {
    const collected = /^(?:Collecting|Processing) ([^\s=]+)/u.exec(line);
    const downloading = /^\s*Downloading (\S+?)(?:-\d\S*)? \(([^)]+)\)/u.exec(line);
    const progress = /^Progress (\d+) of (\d+)/u.exec(line);
    // Of packages with a line for each platform, the others are passed by.
    if (line.startsWith('Ignoring ')) wanted -= 1;
    else if (collected !== null) {
      begun = Math.min(begun + 1, wanted);
      const name = collected[1].split(/[/\\]/u).at(-1)?.replace(/-\d.*$/u, '');
      doing = `Package ${begun} of ${wanted}: ${name}`;
      tell({ doing, share: share(0) });
    } else if (downloading !== null) {
      doing = `Package ${begun} of ${wanted}: ${downloading[1].split('/').at(-1)} (${downloading[2]})`;
      tell({ doing, share: share(0) });
    } else if (progress !== null && Number(progress[2]) > 0) {
      tell({ doing, share: share(Number(progress[1]) / Number(progress[2])) });
    } else if (line.startsWith('Installing collected packages')) {
      tell({ doing: `Unpacking ${wanted} packages`, share: 0.86 });
    }
  };
}

const unreachable = /NewConnectionError|NameResolutionError|Failed to establish a new connection|Temporary failure in name resolution|ConnectTimeoutError|Read timed out|ProxyError|SSLError|Connection (?:refused|reset)|Max retries exceeded|Network is unreachable/u;

/**
 * Why pip failed, from what it said.
 * @param {string} output
 */
export function pipFailure(output) {
  if (/No space left on device|\[Errno 28\]/u.test(output)) {
    return new EnvironmentFailure('disk-full', 'the disk is full', 'free about 2 GB, or let the environment variable XDG_CACHE_HOME name a folder on a larger disk', output);
  }
  if (unreachable.test(output)) {
    return new EnvironmentFailure('no-index', 'pip does not reach the package index', 'check the network, a proxy and pip\'s settings (`python3 -m pip config list`), then try again', output);
  }
  if (/DO NOT MATCH THE HASHES/u.test(output)) {
    return new EnvironmentFailure('failed', 'a package that was fetched is not the one that is pinned (its hash differs)', 'see which package index pip is set to (`python3 -m pip config list`), then try again', output);
  }
  const missing = /No matching distribution found for (\S+)/u.exec(output)?.[1];
  if (missing !== undefined) {
    return new EnvironmentFailure('no-index', `the package index has no ${missing} for this Python`, 'see which package index pip is set to (`python3 -m pip config list`), then try again', output);
  }
  const said = output.trim().split('\n').findLast((line) => /error/iu.test(line)) ?? output.trim().split('\n').at(-1) ?? '';
  return new EnvironmentFailure('failed', `pip could not install the packages${said === '' ? '' : `: ${said.trim()}`}`, 'try again; if it fails the same way, choose a Python of your own', output);
}

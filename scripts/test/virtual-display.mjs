import { spawn } from 'node:child_process';

// Larger than every window that is tested or photographed, its menu included.
const size = '2560x1600x24';

/**
 * Starts a display that nobody sees.
 * @returns {Promise<{name: string, stop: () => void}>} name: for the environment variable DISPLAY
 */
export function startVirtualDisplay() {
  return new Promise((resolve, reject) => {
    const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    server.on('error', reject);
    server.on('exit', (code) => reject(new Error(`Xvfb ended with code ${code}`)));
    // It writes the number that it found free once it takes clients.
    server.stdio[3].once('data', (number) => resolve({ name: `:${String(number).trim()}`, stop: () => server.kill() }));
  });
}

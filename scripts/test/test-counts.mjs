/** @typedef {{passed: number, failed: number, skipped: number}} Counts */

/**
 * Counts the tests of a vitest run. What went wrong outside a test (a file that cannot be loaded, a rejection that nobody
 * handled, a run that ended early) counts as a failed test, so that a run cannot look better than it was.
 * @param {string | undefined} report vitest's JSON report; undefined where it wrote none
 * @param {boolean} succeeded whether vitest ended with exit code 0
 * @returns {Counts}
 */
export function countTests(report, succeeded) {
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const { testResults, numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(report);
  const brokenFiles = testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'));
  const found = numFailedTests + brokenFiles.length;
  return { passed: numPassedTests, failed: found === 0 && !succeeded ? 1 : found, skipped: numPendingTests + numTodoTests };
}

/** @param {Counts} counts @returns {string} the last line of `npm test` */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}

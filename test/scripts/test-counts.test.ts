import { expect, test } from 'vitest';
import { countTests, summaryLine } from '../../scripts/test/test-counts.mjs';

type File = { readonly status: 'passed' | 'failed'; readonly assertionResults: readonly { readonly status: string }[] };

function report({ passed = 0, failed = 0, pending = 0, todo = 0, files = [] as readonly File[] }): string {
  return JSON.stringify({ numPassedTests: passed, numFailedTests: failed, numPendingTests: pending, numTodoTests: todo, testResults: files });
}

const brokenFile: File = { status: 'failed', assertionResults: [] };
const fileWithFailure: File = { status: 'failed', assertionResults: [{ status: 'failed' }] };

test.each([
  ['all passed', report({ passed: 3 }), true, '3 passed, 0 failed'],
  ['a test failed', report({ passed: 2, failed: 1, files: [fileWithFailure] }), false, '2 passed, 1 failed'],
  ['skipped and to do', report({ passed: 2, pending: 1, todo: 1 }), true, '2 passed, 0 failed, 2 skipped'],
  ['a file that cannot be loaded is a failure', report({ passed: 2, files: [brokenFile] }), false, '2 passed, 1 failed'],
  ['a failing run without a failed test is a failure', report({ passed: 2 }), false, '2 passed, 1 failed'],
  ['no report at all is a failure', undefined, true, '0 passed, 1 failed'],
])('%s', (_case, text, succeeded, line) => {
  expect(summaryLine(countTests(text, succeeded))).toBe(line);
});

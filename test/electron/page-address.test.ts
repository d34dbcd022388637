import { describe, expect, test } from 'vitest';
import { fileOfAddress } from '../../electron/security/page-address.ts';
import { contentSecurityPolicy } from '../../electron/security/content-security-policy.ts';

describe('an address of the page', () => {
  test.each([
    ['app://unroll/index.html', '/app/index.html'],
    ['app://unroll/assets/index-1.js?v=2#part', '/app/assets/index-1.js'],
    ['app://unroll/a%20b.css', '/app/a b.css'],
    ['app://unroll/assets/../index.html', '/app/index.html'],
  ])('%s names %s', (address, file) => expect(fileOfAddress(address, '/app')).toBe(file));

  test.each([
    'app://unroll/', 'app://unroll/..%2fsecret', 'app://unroll/%2e%2e%2fsecret', 'app://unroll/..%5csecret', 'app://unroll/a%00.html', 'app://unroll/%zz',
    'app://other/index.html', 'file:///app/index.html', 'https://unroll/index.html', 'no address',
  ])('%s names no file', (address) => expect(fileOfAddress(address, '/app')).toBeNull());
});

test('a policy allows the nonce it was made for, and nothing unsafe', () => {
  expect(contentSecurityPolicy('abc')).toContain("style-src 'self' 'nonce-abc'");
  expect(contentSecurityPolicy('abc')).not.toContain('unsafe');
});

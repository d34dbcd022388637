/** Endings of other programs' models that become projects. */
export const modelExtensions: readonly string[] = ['keras'];

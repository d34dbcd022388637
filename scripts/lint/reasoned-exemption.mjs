const exemption = /(?:oxlint|eslint)-disable|@ts-(?:expect-error|ignore|nocheck)/;
const reasoned = / -- \S+ \S+/;

/** Is this comment an exemption from a check? @param {string} comment */
export function isExemption(comment) {
  return exemption.test(comment);
}

/** An exemption from a check says why, behind two dashes (a rule in ESLint's form, run by oxlint). */
export const reasonedExemption = {
  meta: { type: 'problem', docs: { description: 'An exemption from a check says why, behind two dashes.' } },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          if (isExemption(comment.value) && !reasoned.test(comment.value)) {
            context.report({ loc: comment.loc, message: 'An exemption from a check says why: add two dashes and the reason (" -- the reason").' });
          }
        }
      },
    };
  },
};

import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { useDocument } from '../state/document-store.ts';
import { answerClosing, reloadProject, saveProject } from '../state/project-session.ts';
import { useQuestion, withdrawQuestion, type Question } from '../state/questions-store.ts';

export function QuestionDialog(): React.JSX.Element | null {
  const question = useQuestion((state) => state.question);
  const title = useDocument((state) => state.project?.title ?? '');
  if (question === null) return null;
  switch (question.kind) {
    case 'closing':
      return <ClosingDialog question={question} title={title} />;
    case 'changed-outside':
      return (
        <Dialog
          open
          title="The file was changed by another program"
          text={
            question.unsaved
              ? `"${title}" has changes here that are not saved, and another program wrote its file. Only one of the two can be kept under this name.`
              : `Another program wrote the file of "${title}". What is shown here is what the file held before.`
          }
          onDismiss={withdrawQuestion}
          actions={
            <>
              <Button onClick={withdrawQuestion}>Decide later</Button>
              <Button onClick={() => decide(() => saveProject({ as: true }))}>Save as…</Button>
              <Button look="danger" onClick={() => decide(() => saveProject({ overwrite: true }))}>
                Save over it
              </Button>
              <Button look={question.unsaved ? 'danger' : 'primary'} onClick={() => decide(reloadProject)}>
                Read it again
              </Button>
            </>
          }
        />
      );
    case 'removed-outside':
      return (
        <Dialog
          open
          title="The file is gone"
          text={`The file of "${title}" was deleted or moved by another program. Everything is still here: save it to keep it.`}
          onDismiss={withdrawQuestion}
          actions={
            <>
              <Button onClick={withdrawQuestion}>Decide later</Button>
              <Button look="primary" onClick={() => decide(() => saveProject({ as: true }))}>
                Save as…
              </Button>
            </>
          }
        />
      );
  }
}

function decide(act: () => Promise<unknown>): void {
  withdrawQuestion();
  void act();
}

function ClosingDialog({ question, title }: { readonly question: Extract<Question, { readonly kind: 'closing' }>; readonly title: string }): React.JSX.Element {
  const { closes, unsaved, training } = question;
  const answer = (decision: Parameters<typeof answerClosing>[1]) => void answerClosing(closes, decision);
  const sentences = [
    ...(training ? ['A training is under way. It is stopped, and what was trained is kept: you can resume it later.'] : []),
    ...(unsaved ? [`${title} has changes that are not saved.`] : []),
  ];
  return (
    <Dialog
      open
      title={training ? 'Stop the training and close?' : 'Save before closing?'}
      text={sentences.join(' ')}
      onDismiss={() => answer('keep-open')}
      actions={
        <>
          <Button onClick={() => answer('keep-open')}>Cancel</Button>
          {unsaved ? (
            <>
              <Button look="danger" onClick={() => answer('discard')}>
                Close without saving
              </Button>
              <Button look="primary" onClick={() => answer('save')}>
                {training ? 'Stop, save and close' : 'Save and close'}
              </Button>
            </>
          ) : (
            <Button look="primary" onClick={() => answer('close')}>
              Stop and close
            </Button>
          )}
        </>
      }
    />
  );
}

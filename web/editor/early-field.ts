/** The text of the last visit in the shell of the page, where its editor will be: it is read and edited while the page's code comes. */
import { fileAt, type ProjectFiles } from '../state/project-files.ts';
import { firstTabs } from '../state/project-tabs.ts';
import { PlainField } from './plain-field.ts';

/** Shows the file that the page will open with; nothing where that is no text, or the shell has no place for it. */
export function showEarly(shell: ParentNode, files: ProjectFiles): PlainField | undefined {
  const pane = shell.querySelector('.shell-editor');
  const frame = shell.querySelector<HTMLElement>('.shell-text');
  const file = fileAt(files, firstTabs(files).active);
  if (pane === null || frame === null || typeof file?.content !== 'string') return undefined;
  pane.ariaLabel = 'Editor';
  const field = new PlainField(file.path, file.content);
  field.moveTo(frame);
  return field;
}

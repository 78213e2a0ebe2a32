import type { Problem } from '../errors.ts';
import handoverComplete from './handover/handover-complete.ts';
import { report, type CheckReport } from './summary.ts';

/** The report on an org that could not be checked, such as a name that nothing is stored under: its login is what is missing. */
export const unchecked = ({ message, actions, code }: Problem): CheckReport =>
  report([
    {
      id: handoverComplete.id,
      title: handoverComplete.title,
      status: 'fail',
      detail: message,
      data: { code },
      fix: actions.join('\n'),
      docs: `docs/checks/${handoverComplete.id}.md`,
    },
  ]);

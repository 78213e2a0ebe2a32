import { defineCheck, pass } from '../define.ts';
import { labelled } from './detail.ts';
import { appCreate } from './mend.ts';
import { setupPlace } from './setup-place.ts';

export default defineCheck({
  id: 'app-found',
  title: 'app is in the org',
  why: 'The collector logs in by way of an app of the org, so all its settings are looked up there.',
  fix: appCreate,
  needs: ['app'],
  reads: 'app',
  judge: ({ app }) => {
    const { kind, id, developerName, label, marked } = app;
    const found = labelled('found', `${kind.replaceAll('-', ' ')} ${label} (${developerName}), ${id}`);
    return pass([found, labelled('in Setup', setupPlace(app))].join('\n'), {
      data: { kind, id, developerName, label, madeByThisPlugin: marked },
    });
  },
});

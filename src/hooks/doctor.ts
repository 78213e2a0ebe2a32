import type { DoctorWords } from '../render/doctor.ts';

type Doctor = { addPluginData: (plugin: string, data: object) => void; addSuggestion: (text: string) => void };

/**
 * What needs no network goes into `sf doctor` (docs/reference/sf-cli.md §8): key, certificate and the five fields of every login of this
 * plugin. Nothing is sent or changed, and nothing is thrown: other plugins have their word too.
 */
export default async function doctor({ doctor: sfDoctor }: { doctor: Doctor }): Promise<void> {
  const { Lifecycle } = await import('@salesforce/core');
  const { statuses, suggestions, data } = await findWords();
  for (const entry of data) sfDoctor.addPluginData('sf-plugin-aquila', entry);
  for (const suggestion of suggestions) sfDoctor.addSuggestion(suggestion);
  // What comes by this event is printed and kept; addDiagnosticStatus would only keep it.
  for (const status of statuses) await Lifecycle.getInstance().emit('Doctor:diagnostic', status);
}

async function findWords(): Promise<DoctorWords> {
  const { doctorBroken, doctorWords } = await import('../render/doctor.ts');
  try {
    const { diagnoseStored } = await import('../probes/diagnose-stored.ts');
    return doctorWords(await diagnoseStored(() => new Date(), process.platform));
  } catch {
    // Not even the text of an unknown error is shown: nobody has looked whether a secret is in it.
    return doctorBroken;
  }
}
